package io.github.resilientchat.bedrock;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.AttributeMap;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * The HTTP clients and threads that all SDK clients of one {@link BedrockClients} use. Accounts
 * share no connections: a lost one ends every stream on it, and those must not be the ones that the
 * others would move to; and one account's stuck calls leave the others theirs.
 */
final class SharedHttp implements AutoCloseable {

  // What the SDK uses for Bedrock by itself. As defaults, not as settings: the Netty client then
  // leaves out ALPN for a plain http:// endpoint instead of refusing it.
  private static final AttributeMap BEDROCK_DEFAULTS =
      AttributeMap.builder()
          .put(SdkHttpConfigurationOption.PROTOCOL, Protocol.HTTP2)
          .put(SdkHttpConfigurationOption.PROTOCOL_NEGOTIATION, ProtocolNegotiation.ALPN)
          .build();

  /**
   * A connection that swallows everything is found out within two of them; the SDK's default of
   * five seconds leaves a call hardly a second try.
   */
  private static final Duration PING_PERIOD = Duration.ofSeconds(2);

  private static final int COMPLETION_THREADS = 16;

  // What the SDK allows for a TLS handshake, which it does not stop waiting for by itself.
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);

  private final SdkEventLoopGroup eventLoops;
  private final Map<BedrockAccount, Lazy<SdkHttpClient>> blocking = new ConcurrentHashMap<>();
  private final Map<BedrockAccount, Lazy<SdkAsyncHttpClient>> streaming = new ConcurrentHashMap<>();
  private final HttpSettings settings;
  private final ExecutorService completion;
  private final ScheduledExecutorService timers;

  SharedHttp(HttpSettings settings) {
    this.settings = settings;
    Duration patience = settings.connectTimeout().plus(HANDSHAKE);
    // Our own, since closing the SDK's waits for seconds for its last tasks.
    eventLoops =
        SdkEventLoopGroup.create(
            SdkEventLoopGroup.builder().build().eventLoopGroup(),
            () -> new StreamChannel(patience));
    completion = completionThreads();
    timers = new ScheduledThreadPoolExecutor(1, daemons("resilient-bedrock-timer"));
  }

  private SdkHttpClient apache() {
    Apache5HttpClient.Builder apache =
        Apache5HttpClient.builder()
            .maxConnections(settings.maxConcurrency())
            .connectionTimeout(settings.connectTimeout())
            .socketTimeout(settings.readTimeout())
            .tcpKeepAlive(true);
    HttpProxy proxy = settings.proxy();
    if (proxy != null) {
      apache.proxyConfiguration(proxy.forCalls());
    }
    return apache.build();
  }

  private SdkAsyncHttpClient netty() {
    NettyNioAsyncHttpClient.Builder netty =
        NettyNioAsyncHttpClient.builder()
            .eventLoopGroup(eventLoops)
            .maxConcurrency(settings.maxConcurrency())
            .http2Configuration(
                http2 ->
                    http2
                        .maxStreams((long) settings.maxStreamsPerConnection())
                        .healthCheckPingPeriod(PING_PERIOD))
            .connectionTimeout(settings.connectTimeout())
            .readTimeout(settings.readTimeout())
            .tcpKeepAlive(true);
    HttpProxy proxy = settings.proxy();
    if (proxy != null) {
      netty.proxyConfiguration(proxy.forStreams());
    }
    if (settings.protocol() == Protocol.HTTP1_1) {
      netty.protocol(Protocol.HTTP1_1).protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL);
    }
    return netty.buildWithDefaults(BEDROCK_DEFAULTS);
  }

  private static ExecutorService completionThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            COMPLETION_THREADS,
            COMPLETION_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons("resilient-bedrock-response"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory daemons(String prefix) {
    return new ThreadFactoryBuilder().threadNamePrefix(prefix).daemonThreads(true).build();
  }

  SdkHttpClient blocking(BedrockAccount account) {
    return blocking
        .computeIfAbsent(
            account,
            first ->
                new Lazy<>(() -> new StoppableHttpClient(new BlockingConnections(this::apache))))
        .get();
  }

  SdkAsyncHttpClient streaming(BedrockAccount account) {
    return streaming.computeIfAbsent(account, first -> new Lazy<>(this::netty)).get();
  }

  /** Runs the completion of futures; not an ExecutorService, so that no client can shut it down. */
  Executor completion() {
    return completion::execute;
  }

  ScheduledExecutorService timers() {
    return timers;
  }

  @Override
  public void close() {
    blocking.values().forEach(Lazy::close);
    streaming.values().forEach(Lazy::close);
    // In their own time: connections that just closed still have word to give.
    eventLoops.eventLoopGroup().shutdownGracefully(500, 5000, TimeUnit.MILLISECONDS);
    completion.shutdown();
    timers.shutdownNow();
  }
}
