package io.github.mtgjava.cli;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.awt.image.BufferedImage;
import java.util.List;

/** Reads QR codes back, as somebody's phone would. */
final class QrReader {

    private static final int QUIET = 4;
    private static final int PIXELS = 8;

    private QrReader() {}

    /** What a drawing in half blocks says; the light border has to be there. */
    static String read(List<String> drawing) throws Exception {
        int width = drawing.get(0).length();
        BitMatrix modules = new BitMatrix(width - 2 * QUIET, width - 2 * QUIET);
        for (int y = 0; y < 2 * drawing.size(); y++) {
            for (int x = 0; x < width; x++) {
                mark(modules, x - QUIET, y - QUIET, isDark(drawing.get(y / 2).charAt(x), y % 2 == 0));
            }
        }
        return new Decoder().decode(modules).getText();
    }

    /** What a picture says. */
    static String read(BufferedImage picture) throws Exception {
        int width = picture.getWidth() / PIXELS;
        BitMatrix modules = new BitMatrix(width - 2 * QUIET, width - 2 * QUIET);
        for (int y = 0; y < width; y++) {
            for (int x = 0; x < width; x++) {
                boolean dark = (picture.getRGB(x * PIXELS + PIXELS / 2, y * PIXELS + PIXELS / 2) & 0xff) < 128;
                mark(modules, x - QUIET, y - QUIET, dark);
            }
        }
        return new Decoder().decode(modules).getText();
    }

    private static void mark(BitMatrix modules, int x, int y, boolean dark) {
        boolean inside = x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight();
        if (dark && inside) {
            modules.set(x, y);
        } else if (dark && y < modules.getHeight() + QUIET) {
            throw new AssertionError("the border is dark at " + x + ", " + y);
        }
    }

    private static boolean isDark(char block, boolean upper) {
        return switch (block) {
            case '\u2588' -> false;
            case '\u2580' -> !upper;
            case '\u2584' -> upper;
            case ' ' -> true;
            default -> throw new AssertionError("not a block: " + block);
        };
    }
}
