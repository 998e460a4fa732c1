package io.github.mtgjava.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Says what is no handshake: noise, HTTP, part of a hello, a record that is too long. */
final class GarbageVisit extends StrangerVisit {

    private static final int MOST_NOISE = 20_000;

    private final What what;
    private int turns;

    private enum What {
        NOISE,
        HTTP,
        /** And then nothing. */
        PART_OF_HELLO,
        /** And then FIN. */
        CUT_HELLO,
        LONG_RECORD
    }

    GarbageVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.GARBAGE, random, whenOver);
        what = What.values()[random.nextInt(What.values().length)];
        turns = random.nextInt(3);
        if (random.nextInt(4) == 0) {
            drip(2_000, 50);
        }
    }

    @Override
    public void onConnected() {
        say(
                switch (what) {
                    case NOISE -> noise();
                    case HTTP -> text("GET /" + random().nextInt() + " HTTP/1.1\r\nHost: origin.test\r\n\r\n");
                    case PART_OF_HELLO, CUT_HELLO -> partOfHello();
                    case LONG_RECORD -> longRecord();
                });
        if (what == What.CUT_HELLO) {
            finish();
        }
    }

    @Override
    void onEcho() {
        if (turns-- > 0) {
            say(noise());
        } else {
            finish();
        }
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random().nextInt(MOST_NOISE)];
        random().nextBytes(noise);
        return noise;
    }

    private byte[] partOfHello() {
        byte[] hello = world().client().withSeed(random().nextLong()).clientHello();
        return Arrays.copyOf(hello, 1 + random().nextInt(hello.length - 1));
    }

    private byte[] longRecord() {
        byte[] record = noise();
        byte[] header = {0x16, 3, 1, (byte) (0x41 + random().nextInt(0xbe)), 0};
        System.arraycopy(header, 0, record, 0, Math.min(header.length, record.length));
        return record;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
