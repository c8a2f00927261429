package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static io.github.resilientchat.bedrock.Simulated.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.simulator.Invocation;
import io.github.resilientchat.testsupport.Undisturbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceUnavailableException;

class BedrockClientsTest {

  private static final Duration IMPATIENCE = Duration.ofSeconds(2);
  private static final List<String> FOREIGN =
      List.of("vert.x", "globalEventExecutor", "ForkJoinPool", "Attach Listener");

  private static void callAll(Simulated simulated, BedrockAccount account, Region region) {
    simulated.clients.client(account, region).converse(Simulated.question());
    RecordedStream stream = RecordedStream.of(simulated.clients.asyncClient(account, region));
    assertThat(Simulated.failureOf(stream.future)).isEmpty();
  }

  @Test
  void oneClientServesAnAccountInARegion() {
    try (Simulated simulated = Simulated.start()) {
      assertThat(simulated.client()).isSameAs(simulated.client());
      assertThat(simulated.asyncClient()).isSameAs(simulated.asyncClient());
      assertThat(simulated.clients.client(simulated.account, Region.US_WEST_2))
          .isNotSameAs(simulated.client());
      assertThat(simulated.clients.client(simulated.account("green"), REGION))
          .isNotSameAs(simulated.client());
    }
  }

  @Test
  void bearerTokenOfTheEnvironmentDoesNotMakeAllAccountsOne() throws Exception {
    System.setProperty("aws.bearerTokenBedrock", "somebody-elses-token");
    try (Simulated simulated = Simulated.start()) {
      callAll(simulated, simulated.account("blue"), REGION);
      callAll(simulated, simulated.account("green"), Region.EU_WEST_1);
      assertThat(simulated.bedrock.awaitInvocations(4, PATIENCE))
          .extracting(call -> call.account() + "@" + call.region())
          .containsExactly(
              "blue@us-east-1", "blue@us-east-1", "green@eu-west-1", "green@eu-west-1");
    } finally {
      System.clearProperty("aws.bearerTokenBedrock");
    }
  }

  @Test
  void nothingIsRetriedWhateverTheEnvironmentOrACustomizerSays() throws Exception {
    BedrockClientCustomizer eager =
        new BedrockClientCustomizer() {
          @Override
          public void customize(
              BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
            builder.overrideConfiguration(
                o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy()));
          }

          @Override
          public void customize(
              BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder builder) {
            builder.overrideConfiguration(
                o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy()));
          }
        };
    String attempts = SdkSystemSetting.AWS_MAX_ATTEMPTS.property();
    System.setProperty(attempts, "5");
    try (Simulated simulated = Simulated.with(builder -> builder.customizer(eager))) {
      simulated.bedrock.fault(Fault.httpError(503, "ServiceUnavailableException", "busy"));
      assertThatThrownBy(simulated::ask).isInstanceOf(ServiceUnavailableException.class);
      assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE)).hasSize(1);
      assertThat(simulated.stream().failureToldOnce())
          .isInstanceOf(ServiceUnavailableException.class);
      assertThat(simulated.bedrock.awaitInvocations(2, PATIENCE)).hasSize(2);
    } finally {
      System.clearProperty(attempts);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws.endpointUrl", "aws.endpointUrlBedrockRuntime"})
  void endpointOfTheSurroundingsIsNotFollowed(String property) throws Exception {
    try (RawServer elsewhere = new RawServer(RawServer.completion())) {
      System.setProperty(property, elsewhere.endpoint() + "/path");
      assertThat(hosts(false))
          .containsExactly(
              "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0/converse",
              "https://bedrock-runtime.eu-west-1.amazonaws.com/model/amazon.nova-pro-v1%3A0/converse-stream");
      assertThat(hosts(true)).allMatch(uri -> uri.startsWith(elsewhere.endpoint().toString()));
    } finally {
      System.clearProperty(property);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint_url = http://127.0.0.1:1",
        "bedrock_runtime =\n  endpoint_url = http://127.0.0.1:1",
        "services = local\n[services local]\nbedrock_runtime =\n  endpoint_url = http://127.0.0.1:1"
      })
  void endpointOfTheDefaultProfileIsNotFollowed(String lines, @TempDir Path home) throws Exception {
    Path config = Files.writeString(home.resolve("config"), "[default]\n" + lines + "\n");
    System.setProperty("aws.configFile", config.toString());
    try {
      assertThat(hosts(false))
          .allMatch(uri -> uri.startsWith("https://bedrock-runtime."))
          .hasSize(2);
      assertThat(hosts(true)).allMatch(uri -> uri.startsWith("http://127.0.0.1:1/")).hasSize(2);
    } finally {
      System.clearProperty("aws.configFile");
    }
  }

  /** Where a call and a stream would go; nothing leaves. */
  private static List<String> hosts(boolean followAmbientEndpoint) {
    List<String> seen = new CopyOnWriteArrayList<>();
    ExecutionInterceptor stop =
        new ExecutionInterceptor() {
          @Override
          public void beforeTransmission(
              Context.BeforeTransmission context, ExecutionAttributes attributes) {
            seen.add(context.httpRequest().getUri().toString());
            throw new IllegalStateException("seen enough");
          }
        };
    BedrockClientCustomizer stopping =
        new BedrockClientCustomizer() {
          @Override
          public void customize(
              BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
            builder.overrideConfiguration(o -> o.addExecutionInterceptor(stop));
          }

          @Override
          public void customize(
              BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder builder) {
            builder.overrideConfiguration(o -> o.addExecutionInterceptor(stop));
          }
        };
    BedrockAccount account = BedrockAccount.staticKeys("main", "AKIAEXAMPLE", "secret", null);
    try (BedrockClients clients =
        BedrockClients.builder()
            .followAmbientEndpoint(followAmbientEndpoint)
            .customizer(stopping)
            .build()) {
      assertThatThrownBy(
          () -> clients.client(account, Region.US_EAST_1).converse(Simulated.question()));
      RecordedStream.of(clients.asyncClient(account, Region.EU_WEST_1)).failureToldOnce();
    }
    return seen;
  }

  @Test
  void customizersAreAppliedOnceInTheirOrder() {
    List<String> calls = new ArrayList<>();
    try (Simulated simulated =
        Simulated.with(
            builder ->
                builder.customizer(named("first", calls)).customizer(named("second", calls)))) {
      simulated.client();
      simulated.asyncClient();
      assertThat(calls).as("before the first use").isEmpty();
      simulated.ask();
      simulated.ask();
      assertThat(simulated.stream().future).succeedsWithin(PATIENCE);
    }
    assertThat(calls)
        .containsExactly(
            "first blue us-east-1",
            "second blue us-east-1",
            "first async blue us-east-1",
            "second async blue us-east-1");
  }

  private static BedrockClientCustomizer named(String name, List<String> calls) {
    return new BedrockClientCustomizer() {
      @Override
      public void customize(
          BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
        calls.add(name + " " + account.name() + " " + region);
      }

      @Override
      public void customize(
          BedrockAccount account, Region region, BedrockRuntimeAsyncClientBuilder builder) {
        calls.add(name + " async " + account.name() + " " + region);
      }
    };
  }

  @Test
  void customizerMayWaitForAnotherThreadThatAsksForTheSameClient() {
    AtomicReference<Simulated> running = new AtomicReference<>();
    AtomicBoolean first = new AtomicBoolean(true);
    BedrockClientCustomizer waiting =
        new BedrockClientCustomizer() {
          @Override
          public void customize(
              BedrockAccount account, Region region, BedrockRuntimeClientBuilder builder) {
            if (first.getAndSet(false)) {
              CompletableFuture.supplyAsync(running.get()::ask)
                  .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                  .join();
            }
          }
        };
    try (Simulated simulated = Simulated.with(builder -> builder.customizer(waiting))) {
      running.set(simulated);
      assertThat(simulated.client()).isSameAs(simulated.client());
      callAll(simulated, simulated.account, REGION);
    }
  }

  @Test
  void hundredAccountsNeedNoMoreThreadsThanOne() {
    try (Simulated simulated = Simulated.start()) {
      simulated.bedrock.answer(call -> Answer.text("Hi"));
      for (int i = 0; i < 20; i++) {
        callAll(simulated, simulated.account("warm"), REGION);
      }
      long before = liveThreads();
      AtomicInteger number = new AtomicInteger();
      for (int i = 0; i < 100; i++) {
        callAll(simulated, simulated.account("a" + number.incrementAndGet()), REGION);
      }
      assertThat(liveThreads()).isLessThanOrEqualTo(before + 4);
      assertThat(simulated.bedrock.invocations())
          .extracting(Invocation::account)
          .contains("a1", "a100");
    }
  }

  @Test
  void lostConnectionEndsTheStreamsOfOneAccountOnly() throws Exception {
    try (Simulated simulated = Simulated.start()) {
      assertOutlivesALostConnectionOfBlue(simulated, simulated.account("green"));
    }
  }

  @Test
  void lostConnectionEndsNoMoreStreamsThanMayShareIt() throws Exception {
    try (Simulated simulated = Simulated.with(builder -> builder.maxStreamsPerConnection(1))) {
      assertOutlivesALostConnectionOfBlue(simulated, simulated.account);
    }
  }

  private static void assertOutlivesALostConnectionOfBlue(
      Simulated simulated, BedrockAccount account) throws Exception {
    simulated.bedrock.answer(call -> Answer.words(Collections.nCopies(1_000, "word ")));
    RecordedStream other = RecordedStream.of(simulated.clients.asyncClient(account, REGION));
    other.awaitContent();
    simulated.bedrock.fault(Fault.streamReset(4).account("blue"));
    assertThat(simulated.stream().failureToldOnce()).isNotNull();
    assertThat(other.future).isNotDone();
    assertThat(Simulated.failureOf(other.future)).isEmpty();
  }

  /** But for those of the simulator and those that Netty and the JDK have once for all. */
  private static long liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> FOREIGN.stream().noneMatch(name::startsWith))
        .count();
  }

  @Test
  void closingOneClientLeavesTheOthersWorking() {
    try (Simulated simulated = Simulated.start()) {
      simulated.client().close();
      simulated.asyncClient().close();
      callAll(simulated, simulated.account("green"), REGION);
    }
  }

  @Test
  void closedClientsGiveNoMore() {
    Simulated simulated = Simulated.start();
    simulated.client();
    simulated.close();
    assertThatIllegalStateException().isThrownBy(simulated::client);
    assertThatIllegalStateException().isThrownBy(simulated::asyncClient);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void streamMayTakeLongerThanTheTimeoutsOfTheSdk(Protocol protocol) throws Throwable {
    int words = 1_100;
    assertThat(Simulated.TOKEN_INTERVAL.multipliedBy(words)).isGreaterThan(IMPATIENCE);
    Undisturbed.holds(
        () -> {
          try (Simulated simulated = impatient(protocol)) {
            simulated.bedrock.answer(call -> Answer.words(Collections.nCopies(words, "word ")));

            assertThat(Simulated.failureOf(simulated.stream().future)).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void deadStreamEndsWithTheReadTimeoutThoughNobodyWatchesIt(Protocol protocol) throws Exception {
    try (Simulated simulated = impatient(protocol)) {
      simulated.bedrock.fault(Fault.stall(4));

      assertThat(simulated.stream().failureToldOnce()).isNotNull();

      assertThat(simulated.bedrock.awaitInvocations(1, PATIENCE))
          .extracting(Invocation::outcome)
          .containsExactly(Invocation.Outcome.CANCELLED);
    }
  }

  /** Every timeout of the SDK that somebody may set, and shorter than an answer. */
  private static Simulated impatient(Protocol protocol) {
    return Simulated.over(
        protocol,
        builder ->
            builder
                .readTimeout(IMPATIENCE)
                .customizer(
                    new BedrockClientCustomizer() {
                      @Override
                      public void customize(
                          BedrockAccount account,
                          Region region,
                          BedrockRuntimeAsyncClientBuilder client) {
                        client.overrideConfiguration(
                            o -> o.apiCallTimeout(IMPATIENCE).apiCallAttemptTimeout(IMPATIENCE));
                      }
                    }));
  }

  @Test
  void patienceWithoutEndIsNotTooLong() {
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    try (Simulated simulated =
        Simulated.with(builder -> builder.connectTimeout(ever).readTimeout(ever))) {
      callAll(simulated, simulated.account, REGION);
    }
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BedrockClients.builder().maxConcurrency(0).build())
        .withMessageContaining("maxConcurrency");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BedrockClients.builder().maxStreamsPerConnection(0).build())
        .withMessageContaining("maxStreamsPerConnection");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BedrockClients.builder().readTimeout(Duration.ZERO).build())
        .withMessageContaining("readTimeout");
  }
}
