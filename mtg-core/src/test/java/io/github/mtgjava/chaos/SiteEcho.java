package io.github.mtgjava.chaos;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What a visitor has sent to the site, and how much of it has come back. */
final class SiteEcho {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] expected = {};
    private int come;

    void sent(byte[] bytes) {
        sent.writeBytes(bytes);
        expected = sent.toByteArray();
    }

    /** Takes what came; returns false if the site would not have said that. */
    boolean receive(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (come == expected.length || in.get() != ChaosSite.veiled(expected[come])) {
                return false;
            }
            come++;
        }
        return true;
    }

    boolean isComplete() {
        return come == expected.length;
    }

    @Override
    public String toString() {
        return come + " of " + expected.length + " bytes came back";
    }
}
