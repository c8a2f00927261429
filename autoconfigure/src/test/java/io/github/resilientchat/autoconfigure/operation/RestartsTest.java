package io.github.resilientchat.autoconfigure.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application that is started, used and closed again and again, as devtools does. */
class RestartsTest {

  private static final int WARM = 10;
  private static final int RESTARTS = 50;

  /** Threads of the JVM and of libraries that live as long as it, come and go. */
  private static final int SLACK = 6;

  private static final List<String> OURS = List.of("resilient", "resilience4j", "gen_ai");

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.identity.anonymous=shared",
              "resilient.quotas.default.limits=1000rpm");

  private record Held(int threads, long sockets, long meters, int ofOneStart) {}

  private Held restart() {
    List<Integer> meters = new ArrayList<>();
    application.run(context -> meters.add(use(context)));
    return new Held(threads(), sockets(), meters(), meters.get(0));
  }

  private static int threads() {
    return Thread.getAllStackTraces().size();
  }

  /** This library's in the registry of the JVM, in which others have theirs. */
  private static long meters() {
    return Metrics.globalRegistry.getMeters().stream()
        .map(meter -> meter.getId().getName())
        .filter(name -> OURS.stream().anyMatch(name::startsWith))
        .count();
  }

  /** Every way of calling; how many meters there are. */
  private static int use(ApplicationContext context) throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    context.getBeanProvider(MeterBinder.class).forEach(each -> each.bindTo(registry));
    assertThat(context.getBean(Assistant.class).chat("hello")).isNotBlank();
    ChatModel springAi = context.getBean(ChatModel.class);
    assertThat(springAi.call("hello")).isNotBlank();
    assertThat(String.join("", springAi.stream("hello").toStream().toList())).isNotBlank();
    assertThat(StreamedAnswer.of(context.getBean(StreamingChatModel.class), "hello").text())
        .isNotBlank();
    return registry.getMeters().size();
  }

  /** Of this process, where Linux tells; 0 elsewhere. */
  private static long sockets() {
    Path open = Path.of("/proc/self/fd");
    if (!Files.isDirectory(open)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(open)) {
      return all.filter(RestartsTest::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Test
  void nothingIsLeftBehindByFiftyRestarts() {
    for (int start = 1; start < WARM; start++) {
      restart();
    }
    Held warm = restart();
    Held last = warm;
    for (int start = 0; start < RESTARTS; start++) {
      last = restart();
    }

    // One of anything left behind by each start would be fifty by now. What a start ends goes a
    // little after it.
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertThat(threads()).isLessThanOrEqualTo(warm.threads() + SLACK);
              assertThat(sockets()).isLessThanOrEqualTo(warm.sockets() + SLACK);
            });
    assertThat(last.meters()).isEqualTo(warm.meters());
    // Which targets answered, and so have meters, differs from start to start.
    assertThat(last.ofOneStart()).isLessThan(warm.ofOneStart() + RESTARTS);
  }
}
