package io.github.mtgjava.cli;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A text as a QR code, for a terminal or as a picture. */
final class QrCode {

    /** Light modules around the code, as the standard demands. */
    private static final int QUIET = 4;

    private static final int PIXELS = 8;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final ByteMatrix modules;

    private QrCode(ByteMatrix modules) {
        this.modules = modules;
    }

    /** With little redundancy: a screen gets no scratches, and small codes fit terminals. */
    static QrCode of(String text) {
        try {
            return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix());
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("the text is too long for a QR code", tooLong);
        }
    }

    /**
     * Two modules to a character: the upper and the lower half. What is light is drawn, what is dark is left out, since
     * terminals are dark more often than not.
     */
    String drawing() {
        StringBuilder text = new StringBuilder();
        for (int y = -QUIET; y < modules.getHeight() + QUIET; y += 2) {
            for (int x = -QUIET; x < modules.getWidth() + QUIET; x++) {
                boolean upper = isLight(x, y);
                boolean lower = isLight(x, y + 1);
                text.append(upper ? lower ? '\u2588' : '\u2580' : lower ? '\u2584' : ' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Writes a picture that only its owner may read. */
    void writePng(Path file) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix && !Files.exists(file)) {
            FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(OWNER);
            Files.createFile(file, ownerOnly);
        } else if (posix && Files.isRegularFile(file)) {
            Files.setPosixFilePermissions(file, OWNER);
        }
        Files.write(file, png(), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private byte[] png() {
        int width = (modules.getWidth() + 2 * QUIET) * PIXELS;
        int height = (modules.getHeight() + 2 * QUIET) * PIXELS;
        return Png.of(width, height, (x, y) -> isLight(x / PIXELS - QUIET, y / PIXELS - QUIET));
    }

    private boolean isLight(int x, int y) {
        boolean outside = x < 0 || y < 0 || x >= modules.getWidth() || y >= modules.getHeight();
        return outside || modules.get(x, y) == 0;
    }
}
