package io.github.resilientchat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The dashboard and the alerts name what Prometheus is given, labels included. */
class DashboardsTest {

  private static final Path FOLDER = Path.of("..", "..", "dashboards");
  private static final Pattern METER =
      Pattern.compile("\\b((?:resilient|resilience4j)_[a-z0-9_]+)(\\{[^}]*})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=|!)");
  private static final Pattern GROUPED = Pattern.compile("by \\(([a-z_, ]+)\\)");

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  private static String scraped() {
    AtomicLong now = new AtomicLong();
    FailureClassifier throttled =
        error -> Optional.of(Failure.of(FailureKind.THROTTLED, "ThrottlingException"));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new ApplicationContextRunner()
        .withUserConfiguration(Application.class)
        .withBean(Ticker.class, () -> now::get)
        .withBean(FailureClassifier.class, () -> throttled)
        .withPropertyValues(
            "spring.main.cloud-platform=none",
            "resilient.backend=aws",
            "resilient.accounts.main.access-key=AKIAIOSFODNN7EXAMPLE",
            "resilient.accounts.main.secret-key=the-secret-key",
            "resilient.models.priced.id=a.b",
            "resilient.models.priced.input-price=3",
            "resilient.models.priced.output-price=15",
            "resilient.routes.chat.targets=priced@us-east-1/main(100rpm), priced@us-west-2/main",
            "resilient.routes.chat.hedge.after=1s",
            "resilient.routes.chat.hedge.max-percent=5",
            "resilient.routes.chat.strategy=ordered")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              context.getBeanProvider(MeterBinder.class).forEach(each -> each.bindTo(registry));
              Router router =
                  context
                      .getBean(Engine.class)
                      .router(context.getBean(ConfiguredRoutes.class).route("chat"));
              ModelCall call = ModelCall.streaming(Caller.ANONYMOUS, new TokenEstimate(10, 10));
              for (int each = 0; each < 100; each++) {
                Attempt calm = (Attempt) router.begin(call);
                calm.accept();
                calm.completed(Usage.of(10, 20));
                now.addAndGet(Duration.ofSeconds(1).toNanos());
              }
              Attempt slow = (Attempt) router.begin(call);
              now.addAndGet(Duration.ofSeconds(2).toNanos());
              Attempt beside = (Attempt) slow.hedge();
              now.addAndGet(Duration.ofSeconds(1).toNanos());
              beside.accept();
              beside.completed(Usage.of(10, 20));
              Attempt failing = (Attempt) router.begin(call);
              Attempt next = (Attempt) failing.failed(new IllegalStateException("x"));
              next.accept();
              next.completed(Usage.of(10, 20));
            });
    return registry.scrape();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resilient.json", "resilient.rules.yml"})
  void everyNameAndLabelIsRegistered(String file) throws IOException {
    String scraped = scraped();
    Set<String> names =
        scraped
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("[{ ]")[0])
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> labels =
        LABEL
            .matcher(scraped)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    String text = Files.readString(FOLDER.resolve(file)).replace("\\\"", "\"");

    Set<String> named = new TreeSet<>();
    Set<String> used = new TreeSet<>();
    METER
        .matcher(text)
        .results()
        .forEach(
            match -> {
              named.add(match.group(1));
              Optional.ofNullable(match.group(2)).ifPresent(in -> labelsOf(in, used));
            });
    GROUPED
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(by -> used.addAll(Set.of(by.substring(4, by.length() - 1).split(", *"))));

    assertThat(named).hasSizeGreaterThan(4);
    assertThat(names).containsAll(named);
    assertThat(labels).containsAll(used);
  }

  private static void labelsOf(String selector, Set<String> used) {
    LABEL.matcher(selector).results().forEach(match -> used.add(match.group(1)));
  }

  @Test
  void dashboardIsReadable() throws IOException {
    Map<String, Object> dashboard =
        JsonParserFactory.getJsonParser()
            .parseMap(Files.readString(FOLDER.resolve("resilient.json")));

    assertThat(dashboard).containsKeys("title", "panels", "templating", "__inputs");
  }
}
