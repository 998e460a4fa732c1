package io.github.mtgjava.transport.obfuscated2;

/**
 * Which Telegram data centre a client asks for, as the frame carries it: the number, 10000 more on the test backend,
 * negative for media.
 *
 * @param signed the value on the wire, −32768 to 32767. Any value may arrive; whether a DC exists is for the directory
 *     of addresses to say
 */
public record DcId(int signed) {

    static final int BYTES = 2;

    private static final int DEFAULT_NUMBER = 2;
    private static final int FIRST_TEST_NUMBER = 10_001;
    private static final int LAST_TEST_NUMBER = 10_003;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the value does not fit 16 bits
     */
    public DcId {
        if (signed < Short.MIN_VALUE || signed > Short.MAX_VALUE) {
            throw new IllegalArgumentException("A DC id has 16 bits: " + signed);
        }
    }

    /**
     * The number to look up.
     *
     * @return the absolute value, 1 to 32768; 2 for a client that names no DC
     */
    public int number() {
        return signed == 0 ? DEFAULT_NUMBER : Math.abs(signed);
    }

    /**
     * Whether the client would rather have an address for media.
     *
     * @return true for negative ids
     */
    public boolean media() {
        return signed < 0;
    }

    /**
     * Whether the id belongs to Telegram's test backend.
     *
     * @return true for ±10001 to ±10003
     */
    public boolean test() {
        return number() >= FIRST_TEST_NUMBER && number() <= LAST_TEST_NUMBER;
    }

    /**
     * Reads two little-endian bytes.
     *
     * @param frame where from
     * @param offset the first of the two
     * @return the id
     */
    public static DcId fromWire(byte[] frame, int offset) {
        return new DcId((short) ((frame[offset] & 0xff) | (frame[offset + 1] << 8)));
    }

    /**
     * Writes two little-endian bytes.
     *
     * @param frame where to
     * @param offset the first of the two
     */
    public void toWire(byte[] frame, int offset) {
        frame[offset] = (byte) signed;
        frame[offset + 1] = (byte) (signed >> 8);
    }
}
