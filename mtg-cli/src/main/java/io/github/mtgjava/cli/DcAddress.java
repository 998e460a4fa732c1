package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * Where one of Telegram's data centres is, as {@code --dc N=HOST:PORT} says.
 *
 * @param dc the DC's number, at least 1
 * @param addresses all addresses of the host
 */
public record DcAddress(int dc, List<InetSocketAddress> addresses) {

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,4})=(.+)");

    /** Reads it and looks the host up. */
    public static final class Converter implements ITypeConverter<DcAddress> {

        @Override
        public DcAddress convert(String text) {
            Matcher matcher = SHAPE.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "expected N=HOST:PORT such as 2=149.154.167.50:443, not '" + text + "'");
            }
            HostPort address = HostPort.parse(matcher.group(2)).complete();
            return new DcAddress(Integer.parseInt(matcher.group(1)), address.lookedUp());
        }
    }
}
