package io.github.mtgjava.examples.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to Redis, which all threads share: commands are pipelined. While it is broken every command fails at
 * once, and it is made anew in the background, for ever.
 */
final class RedisLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLine.class);
    private static final int THREADS = 2;
    private static final int FIRST_PAUSE_MILLIS = 50;

    private final Limits limits;
    private final RedisURI uri;
    private final ClientResources resources;
    private final RedisClient client;
    private final Semaphore waiting;
    private volatile @Nullable StatefulRedisConnection<String, String> connection;
    private volatile @Nullable Channel channel;
    private volatile long answeredNanos;
    private volatile boolean closed;

    /** Connects in the background. */
    RedisLine(RedisURI uri, Limits limits) {
        this.limits = limits;
        waiting = new Semaphore(limits.waiting());
        this.uri = RedisURI.builder(uri).withTimeout(limits.connect()).build();
        resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(
                        Delay.fullJitter(Duration.ZERO, limits.reconnect(), FIRST_PAUSE_MILLIS, TimeUnit.MILLISECONDS))
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel made) {
                        answeredNanos = System.nanoTime();
                        channel = made;
                    }
                })
                .build();
        client = RedisClient.create(resources);
        client.setOptions(options(limits));
        open();
    }

    private static ClientOptions options(Limits limits) {
        return ClientOptions.builder()
                // By default Lettuce keeps commands for Redis to come back, as many as there are.
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(limits.answer()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(limits.connect())
                        .keepAlive(true)
                        .build())
                // One command needs no newer protocol, and every server knows this one.
                .protocolVersion(ProtocolVersion.RESP2)
                .build();
    }

    /** Lettuce makes a connection anew that it once had; the first one is up to us. */
    private void open() {
        CompletionStage<?> unused = client.connectAsync(StringCodec.ASCII, uri).whenComplete((made, failure) -> {
            if (failure == null) {
                connection = made;
                LOG.info("connected to Redis");
            } else if (!closed) {
                LOG.warn("cannot connect to Redis, which is tried again: {}", failure.toString());
                Future<?> unusedTry = resources
                        .eventExecutorGroup()
                        .schedule(this::open, limits.reconnect().toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /** {@code SET key 1}. Completes on a thread of Lettuce, with null if the arguments forbade it. Never throws. */
    CompletionStage<@Nullable String> set(String key, SetArgs arguments) {
        StatefulRedisConnection<String, String> line = connection;
        if (line == null || closed) {
            return CompletableFuture.failedStage(new RedisConnectionException("there is no connection to Redis"));
        }
        // Lettuce has a bound too, but writes a stack trace into the log for each command beyond it.
        if (!waiting.tryAcquire()) {
            return CompletableFuture.failedStage(new RedisException("too many commands wait for Redis"));
        }
        try {
            return line.async().set(key, "1", arguments).whenComplete(this::watch);
        } catch (RuntimeException rejected) {
            waiting.release();
            return CompletableFuture.failedStage(rejected);
        }
    }

    private void watch(@Nullable String reply, @Nullable Throwable failure) {
        waiting.release();
        if (!(failure instanceof RedisCommandTimeoutException)) {
            answeredNanos = System.nanoTime();
            return;
        }
        Channel silent = channel;
        if (silent != null
                && System.nanoTime() - answeredNanos > limits.silence().toNanos()) {
            LOG.warn("Redis does not answer: connecting again");
            ChannelFuture unused = silent.close();
        }
    }

    /** Ends the connection; what waits for an answer fails. */
    @Override
    public void close() {
        closed = true;
        client.shutdown(Duration.ZERO, limits.connect());
        resources
                .shutdown(0, limits.connect().toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
