package io.github.mtgjava.metrics;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Transport;
import io.github.mtgjava.internal.StatsSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Statistics in which no two figures are the same, and what the meters have to look like that show them. */
final class DistinctStats {

    /** Kind, name, unit if there is one, sorted tags, and the figure where it is the proxy's. */
    static final String METERS = """
            gauge mtg.connections {protocol=ipv4, type=abridged} = 400
            gauge mtg.connections {protocol=ipv6, type=abridged} = 401
            gauge mtg.connections {protocol=ipv4, type=intermediate} = 410
            gauge mtg.connections {protocol=ipv6, type=intermediate} = 411
            gauge mtg.connections {protocol=ipv4, type=secured} = 420
            gauge mtg.connections {protocol=ipv6, type=secured} = 421
            gauge mtg.telegram_connections {dc=1, protocol=ipv4} = 500
            gauge mtg.telegram_connections {dc=1, protocol=ipv6} = 501
            gauge mtg.telegram_connections {dc=2, protocol=ipv4} = 510
            gauge mtg.telegram_connections {dc=2, protocol=ipv6} = 511
            gauge mtg.telegram_connections {dc=3, protocol=ipv4} = 520
            gauge mtg.telegram_connections {dc=3, protocol=ipv6} = 521
            gauge mtg.telegram_connections {dc=4, protocol=ipv4} = 530
            gauge mtg.telegram_connections {dc=4, protocol=ipv6} = 531
            gauge mtg.telegram_connections {dc=5, protocol=ipv4} = 540
            gauge mtg.telegram_connections {dc=5, protocol=ipv6} = 541
            gauge mtg.telegram_connections {dc=203, protocol=ipv4} = 550
            gauge mtg.telegram_connections {dc=203, protocol=ipv6} = 551
            gauge mtg.telegram_connections {dc=other, protocol=ipv4} = 560
            gauge mtg.telegram_connections {dc=other, protocol=ipv6} = 561
            gauge mtg.open_connections {} = 2
            gauge mtg.handshakes {} = 8
            counter mtg.accepted {} = 1
            counter mtg.closed {reason=client_closed} = 300
            counter mtg.closed {reason=client_reset} = 301
            counter mtg.closed {reason=telegram_closed} = 302
            counter mtg.closed {reason=telegram_reset} = 303
            counter mtg.closed {reason=telegram_unreachable} = 304
            counter mtg.closed {reason=unknown_dc} = 305
            counter mtg.closed {reason=idle_timeout} = 306
            counter mtg.closed {reason=bad_record} = 307
            counter mtg.closed {reason=bad_packet} = 308
            counter mtg.closed {reason=slow_reader} = 309
            counter mtg.closed {reason=buffers_full} = 310
            counter mtg.closed {reason=refused} = 311
            counter mtg.closed {reason=proxy_stopped} = 312
            counter mtg.closed {reason=internal_error} = 313
            counter mtg.traffic bytes {direction=ingress} = 4
            counter mtg.traffic bytes {direction=egress} = 5
            counter mtg.replay_attacks {} = 106
            counter mtg.refused {reason=not_tls} = 100
            counter mtg.refused {reason=malformed_hello} = 101
            counter mtg.refused {reason=bad_digest} = 102
            counter mtg.refused {reason=clock_skew} = 103
            counter mtg.refused {reason=wrong_sni} = 104
            counter mtg.refused {reason=unsupported_hello} = 105
            counter mtg.refused {reason=replay} = 106
            counter mtg.refused {reason=replay_cache_failed} = 107
            counter mtg.refused {reason=bad_frame} = 108
            counter mtg.refused {reason=forbidden_transport} = 109
            counter mtg.refused {reason=bad_record} = 110
            counter mtg.refused {reason=truncated} = 111
            counter mtg.refused {reason=handshake_timeout} = 112
            counter mtg.refused {reason=connection_limit} = 113
            counter mtg.refused {reason=memory_short} = 114
            counter mtg.refused {reason=blocked} = 115
            counter mtg.refused {reason=address_limit} = 116
            counter mtg.refused {reason=handshake_limit} = 117
            counter mtg.refused {reason=handshake_rate} = 118
            counter mtg.refused {reason=bad_proxy_header} = 119
            counter mtg.cloaked_requests {reason=not_tls} = 200
            counter mtg.cloaked_requests {reason=malformed_hello} = 201
            counter mtg.cloaked_requests {reason=bad_digest} = 202
            counter mtg.cloaked_requests {reason=clock_skew} = 203
            counter mtg.cloaked_requests {reason=wrong_sni} = 204
            counter mtg.cloaked_requests {reason=unsupported_hello} = 205
            counter mtg.cloaked_requests {reason=replay} = 206
            counter mtg.cloaked_requests {reason=replay_cache_failed} = 207
            counter mtg.cloaked_requests {reason=bad_frame} = 208
            counter mtg.cloaked_requests {reason=forbidden_transport} = 209
            counter mtg.cloaked_requests {reason=bad_record} = 210
            counter mtg.cloaked_requests {reason=truncated} = 211
            counter mtg.cloaked_requests {reason=handshake_timeout} = 212
            counter mtg.cloaked_requests {reason=connection_limit} = 213
            counter mtg.cloaked_requests {reason=memory_short} = 214
            counter mtg.cloaked_requests {reason=blocked} = 215
            counter mtg.cloaked_requests {reason=address_limit} = 216
            counter mtg.cloaked_requests {reason=handshake_limit} = 217
            counter mtg.cloaked_requests {reason=handshake_rate} = 218
            counter mtg.cloaked_requests {reason=bad_proxy_header} = 219
            gauge mtg.cloaked_connections {} = 3
            gauge mtg.links {} = 600
            gauge mtg.link_clients {} = 601
            gauge mtg.link_waiting {} = 602
            counter mtg.link_moves {} = 603
            counter mtg.links_opened {} = 604
            counter mtg.link_failures {reason=no_address} = 610
            counter mtg.link_failures {reason=unreachable} = 611
            counter mtg.link_failures {reason=unknown_address} = 612
            counter mtg.link_failures {reason=timeout} = 613
            counter mtg.link_failures {reason=closed} = 614
            counter mtg.link_failures {reason=garbage} = 615
            counter mtg.link_failures {reason=wrong_secret} = 616
            counter mtg.link_failures {reason=no_encryption} = 617
            counter mtg.link_failures {reason=clock} = 618
            counter mtg.link_failures {reason=keys} = 619
            counter mtg.link_failures {reason=refused} = 620
            counter mtg.link_failures {reason=wrong_peer} = 621
            counter mtg.links_closed {reason=idle} = 630
            counter mtg.links_closed {reason=closed_by_telegram} = 631
            counter mtg.links_closed {reason=reset} = 632
            counter mtg.links_closed {reason=bad_frame} = 633
            counter mtg.links_closed {reason=stalled} = 634
            counter mtg.links_closed {reason=proxy_stopped} = 635
            counter mtg.config_refreshes {outcome=ok} = 605
            counter mtg.config_refreshes {outcome=failed} = 606
            gauge mtg.config_age seconds {} = 607
            gauge mtg.clock_offset seconds {} = -608
            counter mtg.crashes {} = 10
            counter mtg.observer_failures {} = 11
            counter mtg.observer_drops {} = 12
            gauge mtg.buffered bytes {} = 6
            gauge mtg.buffered_limit bytes {} = 700
            gauge mtg.replay_cache bytes {} = 7
            gauge mtg.loop_lag seconds {} = 1.5
            gauge mtg.open_files {}
            gauge mtg.open_files_limit {}
            timer mtg.handshake seconds {} = 0
            timer mtg.session seconds {} = 0
            timer mtg.link_open seconds {} = 0
            timer mtg.link_lifetime seconds {} = 0
            timer mtg.telegram_connect seconds {outcome=connected, protocol=ipv4} = 0
            timer mtg.telegram_connect seconds {outcome=connected, protocol=ipv6} = 0
            timer mtg.telegram_connect seconds {outcome=failed, protocol=ipv4} = 0
            timer mtg.telegram_connect seconds {outcome=failed, protocol=ipv6} = 0
            """;

    private DistinctStats() {}

    static ProxyStats create() {
        return withAccepted(1);
    }

    static ProxyStats withAccepted(long accepted) {
        return new StatsSnapshot(
                true,
                accepted,
                2,
                8,
                clients(),
                telegramConnections(),
                3,
                4,
                5,
                6,
                700,
                7,
                Duration.ofMillis(1500),
                Duration.ofSeconds(9),
                10,
                11,
                12,
                numbered(RefusalReason.values(), 100),
                numbered(RefusalReason.values(), 200),
                numbered(CloseReason.values(), 300),
                new StatsSnapshot.Links(
                        600,
                        601,
                        602,
                        603,
                        604,
                        numbered(LinkFailureReason.values(), 610),
                        numbered(LinkCloseReason.values(), 630),
                        605,
                        606,
                        Duration.ofSeconds(607),
                        Optional.of(Duration.ofSeconds(-608))));
    }

    private static <K> Map<K, Long> numbered(K[] keys, int first) {
        Map<K, Long> numbers = new HashMap<>();
        IntStream.range(0, keys.length).forEach(i -> numbers.put(keys[i], (long) first + i));
        return numbers;
    }

    private static Map<ProxyStats.Client, Long> clients() {
        Map<ProxyStats.Client, Long> numbers = new HashMap<>();
        List<Transport> tags = List.of(Transport.values());
        for (int i = 0; i < tags.size(); i++) {
            numbers.put(new ProxyStats.Client(tags.get(i), IpFamily.IPV4), 400L + 10 * i);
            numbers.put(new ProxyStats.Client(tags.get(i), IpFamily.IPV6), 401L + 10 * i);
        }
        return numbers;
    }

    private static Map<ProxyStats.Telegram, Long> telegramConnections() {
        Map<ProxyStats.Telegram, Long> numbers = new HashMap<>();
        List<Integer> dcs = ProxyStats.Telegram.DCS;
        for (int i = 0; i < dcs.size(); i++) {
            numbers.put(new ProxyStats.Telegram(dcs.get(i), IpFamily.IPV4), 500L + 10 * i);
            numbers.put(new ProxyStats.Telegram(dcs.get(i), IpFamily.IPV6), 501L + 10 * i);
        }
        return numbers;
    }
}
