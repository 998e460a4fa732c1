package io.github.mtgjava.replay;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checks of a file's records: each holds for one record, in one place of one file. Not thread-safe. */
final class RecordCheck {

    private final CRC32C crc = new CRC32C();
    private final byte[] checked = new byte[Integer.BYTES + 3 * Long.BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(checked);

    /** Of the file whose header has that check. */
    RecordCheck(int headerCheck) {
        view.putInt(0, headerCheck);
    }

    int of(long index, long high, long low) {
        view.putLong(Integer.BYTES, index);
        view.putLong(Integer.BYTES + Long.BYTES, high);
        view.putLong(Integer.BYTES + 2 * Long.BYTES, low);
        crc.reset();
        crc.update(checked);
        return (int) crc.getValue();
    }
}
