package io.github.resilientchat.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.github.resilientchat.testsupport.Undisturbed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IMPATIENCE = Duration.ofSeconds(1);

  /** In which timers fall due that are apart. */
  private static final Duration STANDSTILL = Duration.ofMillis(500);

  private static final int FAULTS_THAT_MAKE_A_LONG_ANSWER = 10;

  private final BedrockSimulator simulator = BedrockSimulator.start();
  private final HttpClient first = HttpClient.newHttpClient();

  @BeforeEach
  void stateIsLong() {
    for (int fault = 0; fault < FAULTS_THAT_MAKE_A_LONG_ANSWER; fault++) {
      simulator.fault(Fault.hang());
    }
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void healthyWireAndHealedWirePassEverything(Manner manner) throws Exception {
    try (Wire wire = new Wire(simulator.endpoint(), manner, null)) {
      assertThat(status(first, wire, PATIENCE)).isEqualTo(200);
      wire.strike();
      wire.heal();
      assertThat(status(HttpClient.newHttpClient(), wire, PATIENCE)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET", "REFUSE", "TRUNCATE", "FLIP"})
  void brokenConnectionsFailAtOnce(Manner manner) throws Exception {
    try (Wire wire = new Wire(simulator.endpoint(), manner, null)) {
      status(first, wire, PATIENCE);
      wire.strike();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> status(HttpClient.newHttpClient(), wire, PATIENCE))
          .isNotInstanceOf(HttpTimeoutException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BLACK_HOLE", "DRIP", "LATE", "HALF_OPEN"})
  void silentConnectionsSayNothing(Manner manner) throws Throwable {
    Undisturbed.holds(STANDSTILL, () -> saysNothing(manner));
  }

  private void saysNothing(Manner manner) throws Exception {
    try (Wire wire = new Wire(simulator.endpoint(), manner, null)) {
      status(first, wire, PATIENCE);
      wire.strike();
      assertThatExceptionOfType(HttpTimeoutException.class)
          .isThrownBy(() -> status(first, wire, IMPATIENCE));
    }
  }

  @Test
  void newConnectionsPassWhileOldOnesAreHalfOpen() throws Throwable {
    Undisturbed.holds(STANDSTILL, this::newConnectionPasses);
  }

  /** Unless it takes two seconds, after which it is an old one. */
  private void newConnectionPasses() throws Exception {
    try (Wire wire = new Wire(simulator.endpoint(), Manner.HALF_OPEN, null)) {
      status(first, wire, PATIENCE);
      wire.strike();
      assertThat(status(HttpClient.newHttpClient(), wire, PATIENCE)).isEqualTo(200);
    }
  }

  private static int status(HttpClient client, Wire wire, Duration timeout) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(wire.endpoint().resolve("/_simulator/state"))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(timeout)
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }
}
