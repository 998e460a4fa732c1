package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first flight of any TLS server from outside: what its ServerHello says, and how long the encrypted records
 * behind it are. Where the flight ends only silence tells, so that is for the caller to notice.
 *
 * <p>One per connection; belongs to one thread at a time; never throws on hostile input; bounded by
 * {@value #MAX_RECORDS} records and {@value #MAX_ENCRYPTED_BYTES} encrypted bytes.
 */
public final class FirstFlightReader {

    /** After this many records, of whatever kind, nothing more is read. */
    public static final int MAX_RECORDS = 64;

    /** With this many payload bytes in encrypted records nothing more is read. */
    public static final int MAX_ENCRYPTED_BYTES = 128 * 1024;

    private static final int MAX_PAYLOAD_BYTES = (1 << 14) + 256;
    private static final int ALERT_BYTES = 2;

    /** What a call to {@link #read} came to. */
    public enum Status {
        /** There is no ServerHello yet; all input has been consumed. */
        NEED_SERVER_HELLO,
        /** {@link #serverHello()} is there, of TLS 1.3, and encrypted records may follow; all input has been consumed. */
        NEED_RECORDS,
        /** Nothing more is of interest: another version, a HelloRetryRequest, or a bound is reached. Final. */
        COMPLETE,
        /** The server has sent an alert instead, whose number is {@link #alert()}. Final. */
        ALERT,
        /** No first flight of a TLS server. Final. */
        REJECTED
    }

    private final byte[] header = new byte[Tls.RECORD_HEADER_BYTES];
    private final List<Integer> encryptedRecords = new ArrayList<>();
    private Status status = Status.NEED_SERVER_HELLO;
    private int headerBytes;
    private int payloadLeft;
    private int records;
    private int encryptedBytes;

    private final ServerHelloMessage message = new ServerHelloMessage();

    private @Nullable ServerHello serverHello;

    /** Of an alert: its number. */
    private int lastByte;

    /** Waits for a ServerHello. */
    public FirstFlightReader() {}

    /**
     * Consumes what has arrived. After an end status it consumes nothing and says the same again.
     *
     * @param in what has arrived, in read mode
     * @return what it came to
     */
    public Status read(ByteBuffer in) {
        while (isOpen() && in.hasRemaining()) {
            if (headerBytes < header.length) {
                header[headerBytes++] = in.get();
                if (headerBytes == header.length) {
                    beginRecord();
                }
            } else {
                readPayload(in);
            }
        }
        return status;
    }

    /**
     * What the server has chosen.
     *
     * @return empty until its ServerHello is complete
     */
    public Optional<ServerHello> serverHello() {
        return Optional.ofNullable(serverHello);
    }

    /**
     * The payload sizes of the application-data records that have arrived in full.
     *
     * @return in order
     */
    public List<Integer> encryptedRecords() {
        return List.copyOf(encryptedRecords);
    }

    /**
     * Why the server refuses.
     *
     * @return the number of its alert (RFC 8446, 6); empty unless {@link #read} has said {@link Status#ALERT}
     */
    public OptionalInt alert() {
        return status == Status.ALERT ? OptionalInt.of(lastByte) : OptionalInt.empty();
    }

    /**
     * Whether the server may fall silent here.
     *
     * @return false within a record
     */
    public boolean isBetweenRecords() {
        return headerBytes == 0;
    }

    private boolean isOpen() {
        return status == Status.NEED_SERVER_HELLO || status == Status.NEED_RECORDS;
    }

    private void beginRecord() {
        payloadLeft = payloadBytes();
        boolean waiting = status == Status.NEED_SERVER_HELLO;
        boolean good = header[1] == 3
                && payloadLeft > 0
                && switch (header[0]) {
                    case Tls.HANDSHAKE -> waiting && message.beginRecord(payloadLeft);
                    case Tls.ALERT -> payloadLeft == ALERT_BYTES && message.isEmpty();
                    case Tls.CHANGE_CIPHER_SPEC -> !waiting && payloadLeft == 1;
                    case Tls.APPLICATION_DATA -> !waiting && payloadLeft <= MAX_PAYLOAD_BYTES;
                    default -> false;
                };
        if (!good) {
            status = Status.REJECTED;
        }
    }

    private int payloadBytes() {
        return Tls.unsigned16(header, Tls.RECORD_HEADER_BYTES - 2);
    }

    private void readPayload(ByteBuffer in) {
        int length = Math.min(payloadLeft, in.remaining());
        payloadLeft -= length;
        if (header[0] == Tls.HANDSHAKE) {
            message.add(in, length);
        } else {
            in.position(in.position() + length);
            lastByte = in.get(in.position() - 1) & 0xff;
        }
        if (payloadLeft == 0) {
            headerBytes = 0;
            endRecord();
        }
    }

    private void endRecord() {
        records++;
        switch (header[0]) {
            case Tls.HANDSHAKE -> status = judgeMessage();
            case Tls.ALERT -> status = Status.ALERT;
            case Tls.APPLICATION_DATA -> {
                encryptedRecords.add(payloadBytes());
                encryptedBytes += payloadBytes();
            }
            default -> {
                // ChangeCipherSpec means nothing.
            }
        }
        if (isOpen() && (records == MAX_RECORDS || encryptedBytes >= MAX_ENCRYPTED_BYTES)) {
            status = serverHello == null ? Status.REJECTED : Status.COMPLETE;
        }
    }

    private Status judgeMessage() {
        if (!message.isPlausible()) {
            return Status.REJECTED;
        }
        if (!message.isComplete()) {
            return Status.NEED_SERVER_HELLO;
        }
        ServerHello hello = ServerHelloParser.parse(message.message());
        // A ServerHello of TLS 1.3 ends its record, because what follows is encrypted; older versions go on in the
        // clear.
        if (hello == null || (hello.tls13() && message.isOverfull())) {
            return Status.REJECTED;
        }
        serverHello = hello;
        return hello.tls13() && !hello.helloRetryRequest() ? Status.NEED_RECORDS : Status.COMPLETE;
    }
}
