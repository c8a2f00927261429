package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Assumption;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.simulator.Role;
import io.github.resilientchat.testsupport.Undisturbed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;

/** Accounts by role, against the simulator's security token service. */
class RoleSessionsTest {

  private static final String PROD = "arn:aws:iam::111111111111:role/bedrock-invoke";
  private static final String SPARE = "arn:aws:iam::222222222222:role/bedrock-invoke";
  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();

  private final Simulated local = Simulated.start();
  private final RoleSessions sessions = RoleSessions.create();
  private final BedrockAccount hub = local.account("hub");
  private final StsPlaces here = at(local.bedrock.endpoint());

  @AfterEach
  void close() {
    System.clearProperty("aws.endpointUrlSts");
    System.clearProperty("aws.endpointUrl");
    sessions.close();
    local.close();
  }

  private static StsPlaces at(URI endpoint) {
    return StsPlaces.in(Region.US_EAST_1).withEndpoints(RegionalEndpoints.of(endpoint.toString()));
  }

  private BedrockAccount account(String name, AssumedRole role) {
    return sessions.account(name, role, hub, here).withEndpoint(local.bedrock.endpoint());
  }

  private void ask(BedrockAccount account) {
    local.clients.client(account, Region.US_EAST_1).converse(Simulated.question());
  }

  private FailureKind failureOf(BedrockAccount account) {
    Throwable error = catchThrowable(() -> ask(account));
    return CLASSIFIER.classify(error).map(Failure::kind).orElseThrow();
  }

  private long granted() {
    return local.bedrock.assumptions().stream().filter(Assumption::granted).count();
  }

  private void awaitGranted(long count) {
    await().atMost(Simulated.PATIENCE).until(() -> granted() >= count);
  }

  @Test
  void callsAreMadeAsTheRole() {
    local.bedrock.role(Role.of(PROD, "prod").externalId("x-42").trusting("hub"));
    BedrockAccount prod =
        account(
            "prod",
            AssumedRole.of(PROD)
                .externalId("x-42")
                .sessionName("orders-api")
                .duration(Duration.ofMinutes(15))
                .tags(Map.of("CostCenter", "42")));
    assertThat(local.bedrock.assumptions()).as("nobody is asked before the first call").isEmpty();

    ask(prod);
    ask(prod);

    assertThat(local.bedrock.invocations())
        .extracting(Invocation::account)
        .containsExactly("prod", "prod");
    assertThat(local.bedrock.assumptions())
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.sessionName()).isEqualTo("orders-api");
              assertThat(asked.seconds()).isEqualTo(900);
              assertThat(asked.tags()).isEqualTo(Map.of("CostCenter", "42"));
            });
  }

  /**
   * A machine that stands still makes a request arrive later than its signature holds: what fails
   * counts if the call took no longer than that is to hold at least.
   */
  @Test
  void sessionsAreRenewedAheadAndNoCallMeetsAnOldOne() {
    Duration life = Duration.ofSeconds(6);
    Duration margin = life.dividedBy(20);
    local.bedrock.role(Role.of(PROD, "prod").sessionsLast(life));
    BedrockAccount prod = account("prod", AssumedRole.of(PROD));
    long end = System.nanoTime() + Simulated.PATIENCE.toNanos();
    Set<Long> used = new HashSet<>();
    int answered = 0;
    int late = 0;
    while (used.size() < 4 && System.nanoTime() < end) {
      long begun = System.nanoTime();
      Throwable failure = catchThrowable(() -> ask(prod));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      if (failure == null) {
        used.add(granted());
        answered++;
      } else {
        assertThat(took)
            .as("duration of a call that failed with %s", failure)
            .isGreaterThan(margin);
        late++;
      }
      // A fast machine would use up the 10,000 requests of a minute.
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(used).as("sessions with which a call was answered").hasSize(4);
    assertThat(local.bedrock.invocations())
        .filteredOn(call -> call.status() == 200)
        .hasSizeBetween(answered, answered + late);
    assertThat(local.bedrock.invocations())
        .filteredOn(call -> call.status() != 200)
        .hasSizeLessThanOrEqualTo(late);
  }

  @Test
  void renewedWithoutACallToo() {
    local.bedrock.role(Role.of(PROD, "prod").sessionsLast(Duration.ofSeconds(6)));
    ask(account("prod", AssumedRole.of(PROD)));
    awaitGranted(3);
    assertThat(local.bedrock.invocations()).hasSize(1);
  }

  @Test
  void refusedRoleIsAFailureOfCredentialsThatNamesTheAccountAndNoSecret() {
    local.bedrock.role(Role.of(PROD, "prod").externalId("canary-right"));
    BedrockAccount prod = account("prod", AssumedRole.of(PROD).externalId("canary-wrong"));
    Throwable error = catchThrowable(() -> ask(prod));
    assertThat(CLASSIFIER.classify(error).orElseThrow().kind())
        .isEqualTo(FailureKind.UNAUTHENTICATED);
    for (Throwable each = error; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain("canary").doesNotContain("simulated-secret-key");
    }
    assertThat(error).hasMessageContaining("account prod").hasMessageContaining("sts:AssumeRole");
  }

  @Test
  void revokedRoleFailsAtOnceAndComesBackWithANewSession() {
    local.bedrock.role(Role.of(PROD, "prod"));
    BedrockAccount prod = account("prod", AssumedRole.of(PROD));
    ask(prod);
    local.bedrock.revoke(PROD);
    assertThat(failureOf(prod)).isEqualTo(FailureKind.NOT_PERMITTED);

    local.bedrock.restore(PROD);
    await().atMost(Simulated.PATIENCE).until(() -> catchThrowable(() -> ask(prod)) == null);
    assertThat(granted()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void sessionThatIsNotTakenIsReplacedAtTheNextTry() {
    local.bedrock.role(Role.of(PROD, "prod"));
    BedrockAccount prod = account("prod", AssumedRole.of(PROD));
    ask(prod);
    local.bedrock.fault(
        Fault.httpError(
                403,
                "ExpiredTokenException",
                "The security token included in the request is expired")
            .times(1));
    assertThat(failureOf(prod)).isEqualTo(FailureKind.UNAUTHENTICATED);
    ask(prod);
    assertThat(granted()).isEqualTo(2);
  }

  @Test
  void roleOfARoleIsAssumedByItsSession() {
    local.bedrock.role(Role.of(PROD, "prod").trusting("hub"));
    local.bedrock.role(Role.of(SPARE, "spare").trusting("prod"));
    BedrockAccount prod = account("prod", AssumedRole.of(PROD));
    BedrockAccount spare =
        sessions
            .account("spare", AssumedRole.of(SPARE), prod, here)
            .withEndpoint(local.bedrock.endpoint());
    ask(spare);
    assertThat(local.bedrock.invocations())
        .extracting(Invocation::account)
        .containsExactly("spare");
    assertThat(local.bedrock.assumptions())
        .extracting(Assumption::caller)
        .containsExactlyInAnyOrder("hub", "prod");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                sessions.account(
                    "spare", AssumedRole.of(SPARE).duration(Duration.ofHours(2)), prod, here))
        .withMessageContaining("account spare")
        .withMessageContaining("an hour");
  }

  @Test
  void webIdentityIsReadAtEachRenewal(@TempDir Path home) throws IOException {
    Path token = Files.writeString(home.resolve("token"), "old-ticket\n");
    local.bedrock.role(Role.of(PROD, "prod").webIdentity("new-ticket"));
    BedrockAccount prod =
        sessions
            .account("prod", AssumedRole.of(PROD).webIdentityTokenFile(token), here)
            .withEndpoint(local.bedrock.endpoint());
    assertThat(failureOf(prod)).isEqualTo(FailureKind.UNAUTHENTICATED);
    Files.writeString(token, "new-ticket");
    ask(prod);
    assertThat(local.bedrock.invocations()).extracting(Invocation::account).containsExactly("prod");
  }

  @Test
  void surroundingsDoNotSayWhoGivesSessions() throws IOException {
    System.setProperty("aws.endpointUrlSts", "http://127.0.0.1:1");
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
    local.bedrock.role(Role.of(PROD, "prod"));
    ask(account("prod", AssumedRole.of(PROD)));
    assertThat(granted()).isEqualTo(1);

    List<String> asked = new CopyOnWriteArrayList<>();
    try (RawServer proxy = RawServer.refusingProxy(asked);
        RoleSessions proxied =
            RoleSessions.create(new HttpProxy("127.0.0.1", proxy.port(), null, null, Set.of()))) {
      BedrockAccount open =
          proxied.account("open", AssumedRole.of(PROD), hub, StsPlaces.in(Region.of("xx-none-1")));
      assertThat(catchThrowable(() -> ask(open))).hasMessageContaining("account open");
      assertThat(failureOf(open)).isEqualTo(FailureKind.UNAUTHENTICATED);
    }
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(
            head -> assertThat(head).startsWith("CONNECT sts.xx-none-1.amazonaws.com:443 "));
  }

  @Test
  void anotherRegionIsAskedWhenOneDoesNotAnswer() throws IOException {
    local.bedrock.role(Role.of(PROD, "prod"));
    StsPlaces places =
        new StsPlaces(
            List.of(Region.US_WEST_2, Region.US_EAST_1),
            new RegionalEndpoints(
                local.bedrock.endpoint().toString(),
                Map.of("uswest2", URI.create("http://127.0.0.1:1")),
                EndpointGuard.STRICT),
            null,
            null);
    ask(
        sessions
            .account("prod", AssumedRole.of(PROD), hub, places)
            .withEndpoint(local.bedrock.endpoint()));
    assertThat(granted()).isEqualTo(1);
  }

  @Test
  void accountWhoseSessionsDoNotComeKeepsNoOtherWaiting() throws Throwable {
    local.bedrock.role(Role.of(SPARE, "spare"));
    Undisturbed.holds(
        () -> {
          try (RoleSessions own = RoleSessions.create();
              ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            StsPlaces nowhere = at(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            List<CompletableFuture<Throwable>> stuck =
                IntStream.range(0, 30)
                    .mapToObj(i -> own.account("stuck" + i, AssumedRole.of(PROD), hub, nowhere))
                    .map(account -> account.withEndpoint(local.bedrock.endpoint()))
                    .map(this::failureToCome)
                    .toList();
            ask(
                own.account("spare", AssumedRole.of(SPARE), hub, here)
                    .withEndpoint(local.bedrock.endpoint()));
            // Until the service of tokens has had its time, which is seconds.
            assertThat(stuck).noneMatch(CompletableFuture::isDone);
            for (CompletableFuture<Throwable> each : stuck) {
              assertThat(each.get(Simulated.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                  .isNotInstanceOf(AwsServiceException.class)
                  .hasMessageContaining("credentials of account stuck");
            }
          }
        });
  }

  /** Of a call on a thread of its own. */
  private CompletableFuture<Throwable> failureToCome(BedrockAccount account) {
    return CompletableFuture.supplyAsync(
        () -> catchThrowable(() -> ask(account)),
        task -> {
          Thread thread = new Thread(task);
          thread.setDaemon(true);
          thread.start();
        });
  }

  @Test
  void textsShowNoSecret() {
    AssumedRole role = AssumedRole.of(PROD).externalId("canary-id");
    BedrockAccount prod = account("prod", role);
    assertThat(List.of(role, prod, prod.access(), prod.credentials().orElseThrow()).toString())
        .doesNotContain("canary");
    BedrockAccount key = BedrockAccount.apiKey("bare", "canary-key");
    assertThat(List.of(key, key.access()).toString()).doesNotContain("canary");
  }

  @Test
  void whatTheServiceWouldRefuseIsRefusedHere() {
    AssumedRole role = AssumedRole.of(PROD);
    for (ThrowingCallable wrong :
        List.<ThrowingCallable>of(
            () -> AssumedRole.of("arn:aws:iam::1:role/x"),
            () -> role.duration(Duration.ofSeconds(899)),
            () -> role.duration(Duration.ofHours(13)),
            () -> role.sessionName("a b"),
            () -> role.externalId("x"),
            () -> role.externalId("xy").webIdentityTokenFile(Path.of("t")),
            () -> role.tags(Map.of("", "x")))) {
      assertThatIllegalArgumentException().isThrownBy(wrong);
    }
  }
}
