package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  private final Exchange exchange = new Exchange(Duration.ofSeconds(1), true);
  private final AtomicInteger stops = new AtomicInteger();

  @Test
  void stopRunsOnceWhatTheClientRegistered() {
    exchange.onStop(stops::incrementAndGet);

    exchange.stop();
    exchange.stop();

    assertThat(stops).hasValue(1);
  }

  @Test
  void clientThatComesAfterTheStopIsStoppedAtOnce() {
    exchange.stop();

    exchange.onStop(stops::incrementAndGet);

    assertThat(stops).hasValue(1);
  }

  @Test
  void scopesNest() {
    Exchange inner = new Exchange(Duration.ofSeconds(2), true);
    try (Exchange.Scope ignored = exchange.open()) {
      try (Exchange.Scope alsoIgnored = inner.open()) {
        assertThat(Exchange.current()).containsSame(inner);
      }
      assertThat(Exchange.current()).containsSame(exchange);
    }
    assertThat(Exchange.current()).isEmpty();
  }
}
