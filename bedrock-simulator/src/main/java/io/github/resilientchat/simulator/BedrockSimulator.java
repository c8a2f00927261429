package io.github.resilientchat.simulator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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

  BedrockSimulator(Settings settings, List<Quota> quotas, Scenario scenario) {
    this.bedrock = Bedrock.of(settings);
    this.quotas = List.copyOf(quotas);
    quotas.forEach(bedrock.quotas()::set);
    this.server = LoopbackServer.start(bedrock, scenario);
  }

  /** A simulator with the defaults of {@link SimulatorBuilder} on a free port. */
  public static BedrockSimulator start() {
    return builder().start();
  }

  /** Options first; nothing listens before {@link SimulatorBuilder#start}. */
  public static SimulatorBuilder builder() {
    return new SimulatorBuilder();
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

  /**
   * Takes back one fault, and leaves those of others in force.
   *
   * @param fault the one that {@link #fault} was given, not one like it
   * @return whether it could still strike
   */
  public boolean remove(Fault fault) {
    return bedrock.faults().remove(fault);
  }

  /** Whether a fault that {@link #fault} was given can still strike. */
  public boolean isInForce(Fault fault) {
    return bedrock.faults().contains(fault);
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
   * Makes provisioned throughput callable in the Region of its ARN. What it can take is a {@link
   * Quota} with the ARN as its model; more is throttled, and counts for nobody else.
   */
  public void provisionedModel(String arn, String modelId) {
    bedrock.catalogue().registerProvisioned(arn, modelId);
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

  /**
   * Blocks until so many exchanges are open at once whose request has arrived in full; those that
   * began before the last {@link #reset} are not among them.
   */
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
   * registered models and roles with their sessions stay. A call that is open meanwhile goes on,
   * and is not in the log when it ends: a client may have its whole answer a moment before that.
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
}
