package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordScannerTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 11, 100})
    void findsThePayloadHoweverItIsCut(int feeding) throws IOException {
        byte[] records = HexFormat.of().parseHex("1703030003010203" + "170303000104" + "17030300020506");
        RecordScanner scanner = new RecordScanner();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int at = 0; at < records.length; at += feeding) {
            ByteBuffer in = ByteBuffer.wrap(records, at, Math.min(feeding, records.length - at));
            for (int length = scanner.payload(in); length > 0; length = scanner.payload(in)) {
                byte[] piece = new byte[length];
                in.get(piece);
                payload.writeBytes(piece);
            }
        }
        assertThat(payload.toByteArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1503030002", "1403030001", "1703010001", "1703030000", "1703034101"})
    void refusesWhatClientsWouldNotTake(String header) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(header));
        assertThatThrownBy(() -> new RecordScanner().payload(in))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(header);
    }
}
