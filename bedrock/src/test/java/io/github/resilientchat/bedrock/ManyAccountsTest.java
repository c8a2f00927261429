package io.github.resilientchat.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.testsupport.Undisturbed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;

/** Clients of many accounts, and how they show who calls. */
class ManyAccountsTest {

  private static final List<Region> REGIONS =
      List.of(
          Region.US_EAST_1,
          Region.US_EAST_2,
          Region.US_WEST_2,
          Region.EU_WEST_1,
          Region.EU_CENTRAL_1);

  private final BedrockSimulator bedrock = BedrockSimulator.start();

  @AfterEach
  void close() {
    System.clearProperty("aws.bearerTokenBedrock");
    bedrock.close();
  }

  private BedrockAccount account(String name) {
    return BedrockAccount.staticKeys(
            name, BedrockSimulator.accessKey(name), BedrockSimulator.secretKey(), null)
        .withEndpoint(bedrock.endpoint());
  }

  @Test
  void clientsAreOpenedWhenFirstUsedAndHaveNoThreadEach() {
    AtomicInteger built = new AtomicInteger();
    BedrockClientCustomizer counting =
        new BedrockClientCustomizer() {
          @Override
          public void customize(
              BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
            built.incrementAndGet();
          }
        };
    try (BedrockClients clients = BedrockClients.builder().customizer(counting).build()) {
      Set<Thread> before = Thread.getAllStackTraces().keySet();
      List<BedrockRuntimeClient> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        BedrockAccount account = account("account" + i);
        for (Region region : REGIONS) {
          all.add(clients.client(account, region));
          clients.asyncClient(account, region);
        }
      }
      assertThat(built).hasValue(0);
      assertThat(threadsSince(before)).isEmpty();

      all.forEach(client -> client.converse(Simulated.question()));
      assertThat(built).hasValue(500);
      assertThat(threadsSince(before)).hasSizeLessThan(20);
      assertThat(bedrock.invocations().stream().map(Invocation::account).distinct()).hasSize(100);
    }
  }

  private static Set<String> threadsSince(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith("vert.x") && !name.startsWith("globalEventExecutor"))
        .collect(Collectors.toSet());
  }

  /** Streams wait ten seconds for a connection, then fail as they should. */
  @Test
  void stuckConnectionsOfOneAccountStarveNobodyElse() throws Throwable {
    Undisturbed.holds(
        () -> {
          bedrock.reset();
          bedrock.fault(Fault.hang().account("stuck"));
          try (BedrockClients clients = BedrockClients.builder().maxConcurrency(4).build()) {
            List<RecordedStream> streams = occupy(clients, account("stuck"));
            bedrock.awaitOpen(8, Duration.ofSeconds(30));
            BedrockAccount well = account("well");
            clients.client(well, Region.US_EAST_1).converse(Simulated.question());
            assertThat(RecordedStream.of(clients.asyncClient(well, Region.US_EAST_1)).future)
                .succeedsWithin(Simulated.PATIENCE);
            assertThat(streams).noneMatch(stream -> stream.future.isDone());
          }
        });
  }

  /** Makes more calls, and as many streams, than there are connections. */
  private static List<RecordedStream> occupy(BedrockClients clients, BedrockAccount stuck) {
    List<RecordedStream> streams = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Thread call =
          new Thread(
              () ->
                  catchThrowable(
                      () ->
                          clients.client(stuck, Region.US_EAST_1).converse(Simulated.question())));
      call.setDaemon(true);
      call.start();
      streams.add(RecordedStream.of(clients.asyncClient(stuck, Region.US_EAST_1)));
    }
    return streams;
  }

  @Test
  void keyOfBedrockIsSentInPlaceOfASignature() {
    System.setProperty("aws.bearerTokenBedrock", "sim-surroundings");
    try (BedrockClients clients = BedrockClients.create()) {
      BedrockAccount bare =
          BedrockAccount.apiKey("bare", "sim-bare").withEndpoint(bedrock.endpoint());
      clients.client(bare, Region.US_EAST_1).converse(Simulated.question());
      assertThat(RecordedStream.of(clients.asyncClient(bare, Region.US_EAST_1)).future)
          .succeedsWithin(Simulated.PATIENCE);
      clients.client(account("signing"), Region.US_EAST_1).converse(Simulated.question());
    }
    assertThat(bedrock.invocations())
        .extracting(Invocation::account)
        .containsExactly("bare", "bare", "signing");
  }

  @Test
  void variantsAreOthersHosts() {
    try (BedrockClients clients = BedrockClients.create()) {
      BedrockAccount account = BedrockAccount.staticKeys("main", "AKIAX", "hush", null);
      assertThat(hostOf(clients, account.withVariants(true, null)))
          .contains("bedrock-runtime-fips.xx-none-1.amazonaws.com");
      assertThat(hostOf(clients, account.withVariants(null, true)))
          .contains("bedrock-runtime.xx-none-1.api.aws");
      assertThat(hostOf(clients, account.withVariants(true, true)))
          .contains("bedrock-runtime-fips.xx-none-1.api.aws");
    }
  }

  private static String hostOf(BedrockClients clients, BedrockAccount account) {
    Throwable error =
        catchThrowable(
            () -> clients.client(account, Region.of("xx-none-1")).converse(Simulated.question()));
    return org.assertj.core.util.Throwables.getRootCause(error).getMessage();
  }

  @Test
  void providerOfAnApplicationHearsThatItsKeysWereRefused() {
    class Own implements RenewableCredentialsProvider {
      private int made = 1;

      @Override
      public AwsCredentials resolveCredentials() {
        return AwsBasicCredentials.create(
            made == 1 ? "AKIAOLD" : BedrockSimulator.accessKey("own"), "hush");
      }

      @Override
      public void renew() {
        made++;
      }
    }
    Own provider = new Own();
    BedrockAccount own = BedrockAccount.of("own", provider).withEndpoint(bedrock.endpoint());
    try (BedrockClients clients = BedrockClients.create()) {
      assertThat(
              catchThrowable(
                  () -> clients.client(own, Region.US_EAST_1).converse(Simulated.question())))
          .hasMessageContaining("security token");
      clients.client(own, Region.US_EAST_1).converse(Simulated.question());
    }
    assertThat(provider.made).isEqualTo(2);
  }

  @Test
  void credentialsThatCanBeMadeAnewAre() {
    AtomicInteger made = new AtomicInteger();
    BedrockAccount own =
        BedrockAccount.renewable(
                "own",
                () ->
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(
                            made.incrementAndGet() == 1
                                ? "AKIAOLD"
                                : BedrockSimulator.accessKey("own"),
                            "hush")))
            .withEndpoint(bedrock.endpoint());
    try (BedrockClients clients = BedrockClients.create()) {
      catchThrowable(() -> clients.client(own, Region.US_EAST_1).converse(Simulated.question()));
      clients.client(own, Region.US_EAST_1).converse(Simulated.question());
    }
    assertThat(made).hasValue(2);
  }
}
