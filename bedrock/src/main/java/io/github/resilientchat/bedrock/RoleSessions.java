package io.github.resilientchat.bedrock;

import io.github.resilientchat.bedrock.RoleSession.Given;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * Makes accounts that are reached by assuming roles, and renews their sessions. Opens nothing
 * before the first call; has one timer, and beside it as many threads as renewals are under way, so
 * that an account whose sessions do not come keeps no other waiting.
 *
 * <p>Thread-safe. Whoever makes one closes it, after the clients; its accounts then give no more
 * credentials.
 */
public final class RoleSessions implements AutoCloseable {

  private static final int CONNECTIONS = 1_000;

  private final @Nullable HttpProxy proxy;
  private final InstantSource clock;
  private final List<SdkAutoCloseable> open = new CopyOnWriteArrayList<>();

  /** One for all: a role asks for one session at a time. */
  private final Lazy<SdkHttpClient> http = new Lazy<>(this::newHttp);

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor threads;

  private RoleSessions(@Nullable HttpProxy proxy, InstantSource clock) {
    this.proxy = proxy;
    this.clock = clock;
    // Ended by idleness, so that accounts that nobody calls have no thread.
    timer = new ScheduledThreadPoolExecutor(1, daemons("resilient-session-timer"));
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("resilient-session"));
  }

  /** Sessions by the system's clock, without a proxy. */
  public static RoleSessions create() {
    return create(null);
  }

  /** Sessions that are asked for through a proxy, or, for null, as the SDK does by itself. */
  public static RoleSessions create(@Nullable HttpProxy proxy) {
    return new RoleSessions(proxy, InstantSource.system());
  }

  private static ThreadFactory daemons(String prefix) {
    return new ThreadFactoryBuilder().threadNamePrefix(prefix).daemonThreads(true).build();
  }

  /**
   * An account that is reached by a role.
   *
   * @param source whose keys assume the role; asked for them at each renewal. Its own to close. Not
   *     looked at where the role takes a web identity
   * @throws IllegalArgumentException if the source has an API key, or is itself a session and the
   *     role's are to last longer than such may
   */
  public BedrockAccount account(
      String name, AssumedRole role, BedrockAccount source, StsPlaces places) {
    if (role.webIdentityTokenFile() != null) {
      return account(name, role, places);
    }
    AwsCredentialsProvider keys =
        source
            .credentials()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "account %s: the source %s has an API key, which assumes no role"
                            .formatted(name, source.name())));
    if (keys instanceof RoleSession
        && role.duration() != null
        && role.duration().compareTo(AssumedRole.LONGEST_CHAINED) > 0) {
      throw new IllegalArgumentException(
          "account %s: sessions of a role that is assumed by the session of another, %s, last an hour at most"
              .formatted(name, source.name()));
    }
    TokenService service = service(places, new AccountCredentials(source.name(), keys));
    SessionRequests requests = new SessionRequests(service, role, clock);
    ExternalIdAdvice advice = new ExternalIdAdvice(name, role);
    if (keys instanceof RoleSession session && advice.isDue()) {
      advice.sourceIsOf(session.accountId());
    }
    return account(
        name,
        role,
        () -> {
          Given given = requests.assumed(keys);
          if (advice.isDue()) {
            // Nobody waits for it.
            threads.execute(
                () -> advice.ask(() -> service.ask(StsClient::getCallerIdentity).account()));
          }
          return given;
        });
  }

  /** An account that is reached by a role that takes a web identity. */
  public BedrockAccount account(String name, AssumedRole role, StsPlaces places) {
    Path file = role.webIdentityTokenFile();
    if (file == null) {
      throw new IllegalArgumentException(
          "account " + name + ": the role needs a source or the file of a web identity's token");
    }
    TokenService service = service(places, AnonymousCredentialsProvider.create());
    SessionRequests requests = new SessionRequests(service, role, clock);
    return account(name, role, () -> requests.identified(file));
  }

  /**
   * The account of a profile in the shared configuration and credentials files, as {@link
   * BedrockAccount#profile}; if it is a role's, or leads to one, its sessions are asked for and
   * renewed here like all others.
   *
   * @throws IllegalArgumentException if there is no such profile, or it cannot be used
   */
  public BedrockAccount profile(String name, String profileName, StsPlaces places) {
    return new AmbientRoles(this, places).profile(name, profileName);
  }

  /**
   * The account that the surroundings lead into, as {@link BedrockAccount#defaultChain}; where that
   * is a role's, of a web identity or of a profile, its sessions are asked for and renewed here
   * like all others.
   */
  public BedrockAccount surroundings(String name, StsPlaces places) {
    return new AmbientRoles(this, places).surroundings(name);
  }

  private BedrockAccount account(String name, AssumedRole role, Supplier<Given> issue) {
    RoleSession session =
        new RoleSession(name, role.accountId(), issue, threads::execute, timer, clock);
    open.add(session);
    return BedrockAccount.of(name, session);
  }

  private TokenService service(StsPlaces places, AwsCredentialsProvider source) {
    TokenService service = new TokenService(http, places, source);
    open.add(service);
    return service;
  }

  private SdkHttpClient newHttp() {
    Apache5HttpClient.Builder apache =
        Apache5HttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(HttpSettings.DEFAULTS.connectTimeout());
    if (proxy != null) {
      apache.proxyConfiguration(proxy.forCalls());
    }
    return apache.build();
  }

  @Override
  public void close() {
    // First those who would ask for a timer and threads.
    open.forEach(SdkAutoCloseable::close);
    timer.shutdownNow();
    threads.shutdownNow();
    http.close();
  }
}
