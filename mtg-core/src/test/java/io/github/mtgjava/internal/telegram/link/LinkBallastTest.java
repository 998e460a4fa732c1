package io.github.mtgjava.internal.telegram.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkBallastTest {

    private static final int MIB = 1 << 20;

    private final List<Seat> seats = new ArrayList<>();

    private Seat holding(int bytes) {
        LinkClient client = mock(LinkClient.class);
        when(client.held()).thenReturn(bytes);
        Seat seat = new Seat(null, client);
        seats.add(seat);
        return seat;
    }

    @Test
    void onlyThoseGoWhoHoldALinkUp() {
        for (int i = 0; i < 500; i++) {
            holding(20_000);
        }
        Seat heavy = holding(4 * MIB);
        Seat heaviest = holding(4 * MIB + 1);
        for (int i = 0; i < 500; i++) {
            holding(30_000);
        }
        assertThat(LinkBallast.heaviest(seats, 5 * MIB)).containsExactly(heaviest, heavy);
        assertThat(LinkBallast.heaviest(seats, 4 * MIB)).containsExactly(heaviest);
        assertThat(LinkBallast.heaviest(seats, 8 * MIB + 30_000)).hasSize(3);
        assertThat(LinkBallast.heaviest(seats, 0)).isEmpty();
        assertThat(LinkBallast.heaviest(seats, Long.MAX_VALUE)).hasSize(1_002);
    }
}
