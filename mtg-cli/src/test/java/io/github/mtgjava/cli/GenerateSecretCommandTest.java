package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.Cli.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateSecretCommandTest {

    @Test
    void printsOneLineOfLowerCaseHexAndNothingElse() {
        assertPrints("[0-9a-f]{32}", "simple");
        assertPrints("dd[0-9a-f]{32}", "secured");
        assertPrints("ee[0-9a-f]{32}(?:[0-9a-f]{2})+", "tls");
    }

    @Test
    void printsAnotherSecretEachTime() {
        assertThat(execute("simple").out()).isNotEqualTo(execute("simple").out());
    }

    @Test
    void embedsTheCloakedHost() {
        assertThat(host(execute("tls"))).isEqualTo("storage.googleapis.com");
        assertThat(host(execute("-c", "www.Example.com", "tls"))).isEqualTo("www.example.com");
        assertThat(host(execute("tls", "--cloak-host=www.example.com"))).isEqualTo("www.example.com");
    }

    @Test
    void ignoresTheHostOfOtherTypesAsMtgDoes() {
        Result result = execute("-c", "www.example.com", "secured");
        assertThat(Secret.parse(result.out()).type()).isEqualTo(SecretType.SECURED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "127.0.0.1", "a b.example", "-x.example", "under_score.example", "x..example"})
    void refusesHostsThatClientsCannotUse(String host) {
        Result result = execute("--cloak-host=" + host, "tls");
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("mtg-cli: --cloak-host: ").hasLineCount(2);
    }

    @Test
    void refusesUnknownTypes() {
        Result result = execute("fake");
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.err()).isEqualTo("""
                        mtg-cli: <type>: the type of a secret is simple, secured or tls
                        Try 'mtg-cli generate-secret --help'.
                        """);
        assertThat(execute().code()).isEqualTo(ExitCodes.USAGE);
    }

    private static void assertPrints(String pattern, String type) {
        Result result = execute(type);
        assertThat(result.code()).isEqualTo(ExitCodes.OK);
        assertThat(result.out()).matches(pattern + "\\n");
        assertThat(result.err()).isEmpty();
    }

    private static String host(Result result) {
        return Secret.parse(result.out()).host().orElseThrow();
    }

    private static Result execute(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "generate-secret";
        System.arraycopy(args, 0, all, 1, args.length);
        return new Cli().execute(all);
    }
}
