package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.crypto.AesCbc;

/** The layout of frames on a link (docs/protocol.md, Middle proxies). */
final class Frame {

    /** Length and sequence number. */
    static final int HEADER_BYTES = 8;

    static final int CHECKSUM_BYTES = 4;
    static final int OVERHEAD_BYTES = HEADER_BYTES + CHECKSUM_BYTES;
    static final int MAX_BYTES = 1 << 24;
    static final int MAX_PAYLOAD_BYTES = MAX_BYTES - OVERHEAD_BYTES;

    static final int WORD_BYTES = 4;

    /** The length of a frame that is none: a word to fill a block with. */
    static final int PADDING_WORD = 4;

    /** Of the nonces. */
    static final int FIRST_SEQUENCE = -2;

    private Frame() {}

    static int paddedBytes(int frameBytes) {
        return (frameBytes + AesCbc.BLOCK_BYTES - 1) / AesCbc.BLOCK_BYTES * AesCbc.BLOCK_BYTES;
    }
}
