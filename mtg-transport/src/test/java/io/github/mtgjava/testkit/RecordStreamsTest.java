package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.ClientVectors.bytes;
import static io.github.mtgjava.testkit.ClientVectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStreamsTest {
    static Stream<JsonObject> fromClient() {
        return ClientVectors.all("faketls_stream_from_client");
    }

    private static InputStream hex(String digits) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(digits));
    }

    @ParameterizedTest
    @MethodSource("fromClient")
    void readsClientsAsTheVectorsSay(JsonObject vector) throws IOException {
        InputStream in = RecordInputStream.fromClient(new ByteArrayInputStream(bytes(vector, "wire")));
        if (text(vector, "expect").startsWith("ok")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes(vector, "payload"));
        } else {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"140303000101", "15030300020228", "1703030000", "1703034012", "1703010001aa"})
    void refusesRecordsNoServerSends(String record) {
        InputStream in = RecordInputStream.fromServer(hex("1703030001aa" + record));
        assertThatThrownBy(in::readAllBytes).isInstanceOf(AssertionError.class).hasMessageStartingWith("unexpected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17030300", "1703030002aa"})
    void reportsATruncatedRecordAsLostConnection(String record) {
        InputStream in = RecordInputStream.fromServer(hex(record));
        assertThatThrownBy(in::readAllBytes).isInstanceOf(EOFException.class);
    }

    @Test
    void cutsPayloadAndPutsThePrefixInFront() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        RecordOutputStream out = new RecordOutputStream(wire, 3, new byte[] {9, 9});
        out.write(new byte[] {1, 2, 3, 4});
        out.write(5);
        assertThat(HexFormat.of().formatHex(wire.toByteArray()))
                .isEqualTo("0909" + "1703030003010203" + "170303000104" + "170303000105");
    }

    @Test
    void acceptsFullRecords() throws IOException {
        byte[] payload = PatternStream.bytes(1, 40_000);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        new RecordOutputStream(wire, RecordOutputStream.MAX_FROM_SERVER, new byte[0]).write(payload);
        assertThat(wire.size()).isEqualTo(40_015);
        InputStream in = RecordInputStream.fromServer(new ByteArrayInputStream(wire.toByteArray()));
        assertThat(in.readAllBytes()).isEqualTo(payload);
    }
}
