package io.github.mtgjava.transport.faketls;

import java.util.Arrays;

/** Where something stands in an array: from {@code start}, inclusive, to {@code end}, exclusive. */
record Range(int start, int end) {

    static final Range EMPTY = new Range(0, 0);

    byte[] of(byte[] bytes) {
        return Arrays.copyOfRange(bytes, start, end);
    }
}
