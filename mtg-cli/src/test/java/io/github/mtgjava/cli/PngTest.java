package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's own reader sees the picture that was meant. */
class PngTest {

    private static final int WHITE = 0xffffffff;

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "8, 2", "9, 5", "64, 64", "1, 300", "2000, 1500"})
    void isReadByOthersPixelByPixel(int width, int height) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.of(width, height, PngTest::isWhite)));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        int differences = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                differences += (image.getRGB(x, y) == WHITE) == isWhite(x, y) ? 0 : 1;
            }
        }
        assertThat(differences).isZero();
    }

    /** No row and no column is like another for long. */
    private static boolean isWhite(int x, int y) {
        return (x * x + 3 * y + x * y) % 7 < 3;
    }
}
