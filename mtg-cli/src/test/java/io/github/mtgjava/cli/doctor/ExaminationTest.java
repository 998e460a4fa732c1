package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.doctor.Finding.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    private static final String SECRET = "dd000102030405060708090a0b0c0d0e0f";

    @Test
    void keepsTheOrderWhoeverIsFirst() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        List<Finding> findings = new Examination(Duration.ofSeconds(20))
                .of(List.of(
                        check("a", () -> {
                            second.await();
                            return List.of(Finding.ok("a", "1"), Finding.warn("a", "2"));
                        }),
                        check("b", () -> {
                            second.countDown();
                            return List.of();
                        }),
                        check("c", () -> List.of(Finding.fail("c", "3")))));
        assertThat(findings).extracting(Finding::text).containsExactly("1", "2", "3");
    }

    @Test
    void leavesBehindWhatHangs() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        List<Finding> findings = new Examination(Duration.ofSeconds(2)).of(List.of(check("slow", () -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return List.of();
        })));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.FAIL);
        assertThat(findings.get(0).text()).contains("did not finish within 2");
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void namesOnlyTheKindOfAFault() throws InterruptedException {
        List<Finding> findings = new Examination(Duration.ofSeconds(20)).of(List.of(check("bad", () -> {
            throw new IllegalStateException(SECRET);
        })));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.FAIL);
        assertThat(findings.get(0).text()).contains("IllegalStateException").doesNotContain(SECRET);
    }

    @Test
    void reportsInColumnsWithoutSecretsOrLineEnds() {
        List<Finding> findings = List.of(Finding.ok("telegram", "a\nb"), Finding.fail("port", SECRET + " \"x\""));
        assertThat(Report.lines(findings))
                .isEqualTo(String.format("OK    telegram  a b%nFAIL  port      (not shown) \"x\"%n"));
        assertThat(Report.json(findings).strip())
                .isEqualTo("{\"ok\":false,\"findings\":[{\"check\":\"telegram\",\"status\":\"ok\",\"text\":\"a b\"},"
                        + "{\"check\":\"port\",\"status\":\"fail\",\"text\":\"(not shown) \\\"x\\\"\"}]}");
        assertThat(Report.isOk(List.of(Finding.warn("a", "b")))).isTrue();
    }

    private static Check check(String name, Callable<List<Finding>> body) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> run() throws InterruptedException {
                try {
                    return body.call();
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
