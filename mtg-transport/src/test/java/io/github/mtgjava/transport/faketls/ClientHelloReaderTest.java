package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.transport.faketls.HelloBuilder.hello;
import static io.github.mtgjava.transport.faketls.HelloBuilder.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mtgjava.transport.faketls.ClientHelloReader.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "47", // GET
                "15", // an alert
                "1602",
                "160300", // SSL 3.0
                "160302",
                "160303", // only later records may say so
                "16030141",
                "1603010000",
                "1603014001",
                "160301020002", // a ServerHello
                "16030102000101",
                "1603010200010040",
                "16030102000100005f", // 99 bytes with the header
                "160301020001003ffd", // 16385 bytes
                "16030101ff010001fa", // the record goes beyond the message
                "16030100010115",
                "1603010001011602",
                "160301000101160302",
                "1603010001011603030000"
            })
    void rejectsTheFirstWrongByteAsSoonAsItIsThere(String digits) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        ClientHelloReader reader = new ClientHelloReader();
        assertThat(reader.read(ByteBuffer.wrap(bytes, 0, bytes.length - 1))).isEqualTo(Status.NEED_INPUT);
        ByteBuffer raw = ByteBuffer.wrap(bytes);
        assertThat(reader.read(raw)).isEqualTo(Status.REJECTED);
        assertThat(raw.position()).isZero();
        assertThatIllegalStateException().isThrownBy(reader::hello);
    }

    @Test
    void leavesWhatFollowsTheHello() {
        byte[] classic = Hellos.classic();
        ByteBuffer raw = ByteBuffer.allocate(classic.length + 10).put(classic).rewind();
        assertThat(new ClientHelloReader().read(raw)).isEqualTo(Status.COMPLETE);
        assertThat(raw.remaining()).isEqualTo(10);
    }

    @Test
    void readsFromThePositionAndInAnyByteOrder() {
        byte[] classic = Hellos.classic();
        ByteBuffer raw = ByteBuffer.allocateDirect(classic.length + 3)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(3, classic)
                .position(3);
        ClientHelloReader reader = new ClientHelloReader();
        assertThat(reader.read(raw)).isEqualTo(Status.COMPLETE);
        assertThat(reader.hello().canonical()).isEqualTo(classic);
        assertThat(raw.hasRemaining()).isFalse();
    }

    @Test
    void repeatsAnEndStatusWithoutConsuming() {
        ClientHelloReader reader = new ClientHelloReader();
        reader.read(ByteBuffer.wrap(Hellos.classic()));
        ByteBuffer more = ByteBuffer.wrap(new byte[] {1, 2, 3});
        assertThat(reader.read(more)).isEqualTo(Status.COMPLETE);
        assertThat(more.position()).isZero();
        assertThat(reader.hello()).isSameAs(reader.hello());
    }

    @ParameterizedTest
    @CsvSource({"16, COMPLETE", "17, REJECTED"})
    void allowsSixteenRecords(int count, Status expected) {
        byte[] message = paddedTo(16 * 17);
        byte[] wire = records(message, message.length / count);
        assertThat(new ClientHelloReader().read(ByteBuffer.wrap(wire))).isEqualTo(expected);
    }

    @Test
    void rejectsTheSixteenthRecordAtItsHeaderIfItLeavesTheMessageUnfinished() {
        byte[] wire = records(paddedTo(400), 20);
        int headerEnd = 15 * 25 + 5;
        assertThat(status(Arrays.copyOf(wire, headerEnd - 1))).isEqualTo(Status.NEED_INPUT);
        assertThat(status(Arrays.copyOf(wire, headerEnd))).isEqualTo(Status.REJECTED);
    }

    @Test
    void toleratesVersion0303OnLaterRecords() {
        byte[] wire = records(paddedTo(200), 150);
        wire[5 + 150 + 2] = 3;
        assertThat(status(wire)).isEqualTo(Status.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource({"99, REJECTED", "100, COMPLETE", "16384, COMPLETE", "16385, REJECTED"})
    void boundsTheMessage(int length, Status expected) {
        byte[] message = paddedTo(length);
        assertThat(message).hasSize(length);
        assertThat(status(records(message, 16_384))).isEqualTo(expected);
    }

    @Test
    void needsNoMoreThanItsMaximumOfRawBytes() {
        byte[] wire = records(paddedTo(ClientHelloReader.MAX_HELLO_BYTES), ClientHelloReader.MAX_HELLO_BYTES / 16);
        assertThat(wire).hasSize(ClientHelloReader.MAX_RAW_BYTES);
        assertThat(status(wire)).isEqualTo(Status.COMPLETE);
    }

    @Test
    void rejectsBytesBehindTheMessageInItsLastRecord() {
        byte[] message = Arrays.copyOf(paddedTo(200), 201);
        assertThat(status(records(message, 16_384))).isEqualTo(Status.REJECTED);
        assertThat(status(records(message, 150))).isEqualTo(Status.REJECTED);
    }

    private static Status status(byte[] wire) {
        return new ClientHelloReader().read(ByteBuffer.wrap(wire));
    }

    /** A good message of that length, made up with a padding extension. */
    private static byte[] paddedTo(int length) {
        int unpadded = hello().extension(0x15, new byte[0]).message().length;
        return hello().extension(0x15, new byte[length - unpadded]).message();
    }
}
