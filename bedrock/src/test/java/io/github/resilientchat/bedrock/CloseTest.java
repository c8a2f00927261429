package io.github.resilientchat.bedrock;

import static io.github.resilientchat.bedrock.Simulated.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resilientchat.core.adapter.Exchange;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.simulator.Fault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** An application that closes its clients while it calls has cancelled those calls. */
class CloseTest {

  private static final FailureClassifier CLASSIFIER = FailureClassifier.discovered();

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void callsUnderWayAndLaterOnesEndAsCancelled(Protocol protocol) throws Exception {
    try (Simulated simulated = Simulated.over(protocol)) {
      BedrockRuntimeClient blocking = simulated.client();
      BedrockRuntimeAsyncClient streaming = simulated.asyncClient();
      simulated.bedrock.fault(Fault.stall(4).streaming(true));
      simulated.bedrock.fault(Fault.hang().streaming(false));
      RecordedStream stream = RecordedStream.of(streaming).awaitContent();
      CompletableFuture<Throwable> call =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> ask(blocking)));
      simulated.bedrock.awaitOpen(2, PATIENCE);

      simulated.clients.close();

      assertCancelled(call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      assertCancelled(stream.failureToldOnce());
      assertCancelled(catchThrowable(() -> ask(blocking)));
      assertCancelled(RecordedStream.of(streaming).failureToldOnce());
      assertCancelled(catchThrowable(simulated::client));
    }
  }

  private static void ask(BedrockRuntimeClient client) {
    Simulated.within(new Exchange(PATIENCE, false), () -> client.converse(Simulated.question()));
  }

  private static void assertCancelled(Throwable error) {
    assertThat(CLASSIFIER.classify(error).orElseThrow().kind()).isEqualTo(FailureKind.CANCELLED);
  }
}
