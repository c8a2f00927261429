package io.github.resilientchat.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A local Amazon Bedrock that the unmodified AWS SDK talks to: Converse and ConverseStream over
 * HTTP/1.1 and HTTP/2 (prior knowledge) on one loopback port, with accounts, source Regions,
 * inference profiles, quotas, faults, and roles to assume.
 *
 * <p>Point a client at {@link #endpoint()}, give it any Region and the keys of an account: {@code
 * AwsBasicCredentials.create(accessKey("blue"), secretKey())}. The account and the source Region of
 * a call are read from its signature, which is not verified.
 *
 * <p>Every model of the catalogue answers with a short deterministic text until {@link #answer}
 * says otherwise. Thread-safe; whoever starts it closes it. Its threads are daemons.
 */
public final class BedrockSimulator implements AutoCloseable {

  private final Bedrock bedrock;
  private final List<Quota> quotas;
  private final LoopbackServer server;
  private final AtomicReference<@Nullable Runnable> registered = new AtomicReference<>();

  private BedrockSimulator(Builder builder) {
    bedrock = Bedrock.of(builder.settings);
    quotas = List.copyOf(builder.quotas);
    quotas.forEach(bedrock.quotas()::set);
    server = LoopbackServer.start(bedrock, builder.scenario);
  }

  /** A simulator with the defaults of {@link Builder} on a free port. */
  public static BedrockSimulator start() {
    return builder().start();
  }

  /** Options first; nothing listens before {@link Builder#start}. */
  public static Builder builder() {
    return new Builder();
  }

  /** {@code http://127.0.0.1:<port>}, for {@code endpointOverride}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return server.port();
  }

  /** The access key that stands for an account: {@code AKIASIM} and the name in upper case. */
  public static String accessKey(String account) {
    return Accounts.accessKey(account);
  }

  /** A secret key that goes with every access key; signatures are not verified. */
  public static String secretKey() {
    return "simulated-secret-key";
  }

  /** Lets a fault strike from the next call on. */
  public void fault(Fault fault) {
    bedrock.faults().add(fault);
  }

  public void clearFaults() {
    bedrock.faults().clear();
  }

  /** Sets a limit; the budgets that it covers start full under it. */
  public void quota(Quota quota) {
    bedrock.quotas().set(quota);
  }

  /**
   * Answers every admitted call from now on by this function. It runs on the server's event loop
   * and so must not block; when it throws, the client sees an InternalServerException.
   */
  public void answer(Function<ConverseCall, Answer> script) {
    bedrock.script().set(script);
  }

  /** Makes one more model id callable on demand, in every Region. */
  public void model(String modelId) {
    bedrock.catalogue().register(modelId);
  }

  /**
   * Makes an application inference profile callable in the Region of its ARN.
   *
   * @param id the model or system-defined profile that it was created from
   */
  public void applicationProfile(String arn, String id) {
    bedrock.catalogue().registerApplicationProfile(arn, id);
  }

  /**
   * Makes a model one of the past: legacy, and refused by the real service from then on. {@code
   * GetFoundationModel} tells of it; calls are still answered.
   */
  public void endOfLife(String modelId, Instant end) {
    bedrock.catalogue().lifecycle(modelId, new Lifecycle(true, end));
  }

  /**
   * Refuses every call of an account, in every Region, with "Too many tokens per day", as AWS does
   * to a new account.
   */
  public void clamp(String account) {
    bedrock.conditions().clamp(account);
  }

  /** The account is new no more. */
  public void release(String account) {
    bedrock.conditions().release(account);
  }

  /**
   * Has a service control policy keep an account from a Region: every call that may be served there
   * is refused, though other destinations would do.
   */
  public void deny(String account, String region) {
    bedrock.conditions().deny(account, region);
  }

  /** Ends what {@link #deny} began. */
  public void allow(String account, String region) {
    bedrock.conditions().allow(account, region);
  }

  /** Bounds what a Region serves at a time, for all accounts together. */
  public void capacity(Capacity capacity) {
    bedrock.conditions().set(capacity);
  }

  /** Makes a guardrail that steps in where the user's last words hold one of these. */
  public void guardrail(String id, String... words) {
    bedrock.guardrails().add(id, Set.of(words));
  }

  /**
   * Lends a role: AssumeRole, AssumeRoleWithWebIdentity and GetCallerIdentity are answered at the
   * same {@link #endpoint()}. One of the same ARN takes the place of an earlier one.
   */
  public void role(Role role) {
    bedrock.roles().add(role);
  }

  /**
   * Ends every session that was given of a role, as a policy does that denies older sessions, and
   * lends it no more.
   */
  public void revoke(String roleArn) {
    bedrock.roles().revoke(roleArn);
  }

  /** Lends a revoked role again; sessions that were given before stay revoked. */
  public void restore(String roleArn) {
    bedrock.roles().restore(roleArn);
  }

  /** Who asked for sessions of roles, in the order of asking; the last ten thousand. */
  public List<Assumption> assumptions() {
    return bedrock.roles().log();
  }

  /** The calls that have ended, in the order in which they ended. */
  public List<Invocation> invocations() {
    return bedrock.log().list();
  }

  /** Blocks until at least so many calls have ended, and returns all of them. */
  public List<Invocation> awaitInvocations(int count, Duration timeout) throws TimeoutException {
    return bedrock.log().await(count, timeout);
  }

  /** HTTP exchanges of the runtime API that have begun and not yet ended on the server. */
  public int openExchanges() {
    return bedrock.log().open();
  }

  /** Blocks until so many exchanges are open at once whose request has arrived in full. */
  public void awaitOpen(int count, Duration timeout) throws TimeoutException {
    bedrock.log().awaitReceived(count, timeout);
  }

  /** Blocks until no exchange is open. */
  public void awaitIdle(Duration timeout) throws TimeoutException {
    bedrock.log().awaitIdle(timeout);
  }

  /**
   * Empties the log and the prompt cache, removes all faults, clamps, denials and capacities, fills
   * all budgets and starts the seeded sequences anew. Quotas, scripted answers, guardrails,
   * registered models and roles with their sessions stay.
   */
  public void reset() {
    bedrock.reset();
  }

  /**
   * What {@link #reset} does, and quotas and answers are again those that it was built with, as a
   * test wants it that shares a simulator with others. Models, profiles, roles and guardrails are
   * those that were registered when this was asked first.
   */
  public void startOver() {
    bedrock.quotas().replace(quotas);
    bedrock.script().set(null);
    reset();
    registered.updateAndGet(known -> known == null ? bedrock.registeredNow() : known).run();
  }

  Bedrock bedrock() {
    return bedrock;
  }

  /** Ends open exchanges abruptly and frees the port. */
  @Override
  public void close() {
    server.close();
  }

  /**
   * Options of a simulator. Defaults: a free port, seed 42, no latency, no gap between frames, 10
   * 000 requests and 6 million tokens per minute and 700 million tokens per day, a reservation of
   * input plus {@code maxTokens}, no guard against cancelled streams, the last 100 000 calls in the
   * log, bodies of 32 MiB, signatures that tests make up, no scenario, the system clock.
   */
  public static final class Builder {

    private final List<Quota> quotas = new ArrayList<>();
    private Settings settings = Settings.DEFAULTS;
    private Scenario scenario = Scenario.NOTHING;

    private Builder() {}

    /** The port on 127.0.0.1; 0 takes any free one. */
    public Builder port(int port) {
      settings = settings.withPort(port);
      return this;
    }

    /** Decides which Regions serve the calls and which calls an occasional fault strikes. */
    public Builder seed(long seed) {
      settings = settings.withSeed(seed);
      return this;
    }

    /** Time from a request to its answer, or to the first byte of its stream. */
    public Builder latency(Duration latency) {
      settings = settings.withLatency(latency);
      return this;
    }

    /** Gap between two frames of a stream, at least a millisecond when not zero. */
    public Builder tokenInterval(Duration interval) {
      settings = settings.withTokenInterval(interval);
      return this;
    }

    /** Like {@link BedrockSimulator#quota}. */
    public Builder quota(Quota quota) {
      quotas.add(quota);
      return this;
    }

    /**
     * What {@code maxTokens} is multiplied by when tokens are set aside at the start of a call. AWS
     * documents 1; some observers reserve by the model's burndown rate.
     */
    public Builder reservationMultiplier(double factor) {
      settings = settings.withReservationMultiplier(factor);
      return this;
    }

    /**
     * How many streams a client may cancel on one HTTP/2 connection in 30 seconds before the
     * connection is closed, as servers do against rapid resets; 0 bears any number.
     */
    public Builder resetGuard(int resets) {
      settings = settings.withResetGuard(resets);
      return this;
    }

    /** Ended calls that the log keeps; the oldest go first. */
    public Builder logLimit(int calls) {
      settings = settings.withBounds(new Settings.Bounds(calls, settings.bounds().body()));
      return this;
    }

    /** Bytes of a request that are read; a larger one is answered with 413. */
    public Builder bodyLimit(int bytes) {
      settings = settings.withBounds(new Settings.Bounds(settings.bounds().log(), bytes));
      return this;
    }

    /** Whether reasoning must carry the simulator's own signature, and none that a test made up. */
    public Builder strictSignatures(boolean strict) {
      settings = settings.withStrictSignatures(strict);
      return this;
    }

    /**
     * Plays a file of lines {@code <time> <METHOD> <operation> [json]}, operations of the admin
     * surface at times counted from the start.
     *
     * @throws IllegalArgumentException if it cannot be read, or a line is wrong
     */
    public Builder scenario(Path file) {
      scenario = Scenario.read(file);
      return this;
    }

    /** The time for quotas and the log; latencies always pass in real time. */
    public Builder clock(InstantSource clock) {
      settings = settings.withClock(clock);
      return this;
    }

    /** Throws {@link IllegalStateException} when the port is taken. */
    public BedrockSimulator start() {
      return new BedrockSimulator(this);
    }
  }
}
