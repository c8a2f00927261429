package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.quota.QuotaListener;
import io.github.resilientchat.core.quota.UsageEvent;
import io.github.resilientchat.core.quota.UsageReader;
import io.github.resilientchat.simulator.Answer;
import io.github.resilientchat.simulator.Fault;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A bill for each call that was let in, and for no other. */
class UsageEventsTest {

  private static final String[] PRICED = {
    "resilient.models.sonnet.id=us.anthropic.claude-sonnet-4-6",
    "resilient.models.sonnet.input-price=3",
    "resilient.models.sonnet.output-price=15",
    "resilient.models.haiku.id=us.anthropic.claude-haiku-4-5-20251001-v1:0",
    "resilient.models.haiku.input-price=1",
    "resilient.models.haiku.output-price=5",
    "resilient.routes.chat.targets=sonnet",
    "resilient.routes.chat.fallbacks=haiku@us-west-2",
    "resilient.quotas.default.limits=3rpm, 5usd/d",
    "bedrock.gap=250ms"
  };

  @ParameterizedTest
  @EnumSource(value = WebApplicationType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void eachCallIsBilledOnceHoweverItEnds(WebApplicationType type) throws Exception {
    try (EdgeServer server = EdgeServer.startWith(Billing.class, type, PRICED)) {
      server.bedrock().answer(call -> Answer.text("one two three four"));
      List<UsageEvent> bills = server.application().getBean(Billing.Bills.class).all;

      for (String path : new String[] {"/spring/mono", "/langchain4j/stream"}) {
        assertThat(server.get(path, "alice").statusCode()).isEqualTo(200);
      }
      server.bedrock().fault(Fault.streamException(3, "modelStreamErrorException", "broken"));
      HttpResponse<String> broken = server.get("/spring/stream", "alice");
      assertThat(broken.body()).contains("event:error");
      assertThat(server.get("/spring/stream", "alice").statusCode()).isEqualTo(429);

      assertThat(bills).hasSize(3);
      assertThat(bills).allSatisfy(bill -> assertThat(bill.nanoUsd()).isPositive());
      assertThat(bills).extracting(UsageEvent::estimated).containsExactly(false, false, true);
      assertThat(bills).extracting(bill -> bill.caller().user()).containsOnly("alice");
      assertThat(counted(server, bills))
          .isEqualTo(bills.stream().mapToLong(UsageEvent::nanoUsd).sum());
    }
  }

  /** A day may end between two bills. */
  private static long counted(EdgeServer server, List<UsageEvent> bills) {
    UsageReader book = server.application().getBean(UsageReader.class);
    return bills.stream()
        .map(UsageEvent::day)
        .distinct()
        .flatMap(day -> book.on(day, null, "alice").stream())
        .mapToLong(UsageReader.Row::nanoUsd)
        .sum();
  }

  @Configuration(proxyBeanMethods = false)
  static class Billing {

    @Bean
    Bills bills() {
      return new Bills();
    }

    static final class Bills implements QuotaListener {

      final List<UsageEvent> all = new CopyOnWriteArrayList<>();

      @Override
      public void onUsage(UsageEvent event) {
        all.add(event);
      }
    }
  }
}
