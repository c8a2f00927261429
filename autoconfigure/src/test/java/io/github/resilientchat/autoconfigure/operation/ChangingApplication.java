package io.github.resilientchat.autoconfigure.operation;

import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.core.engine.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.env.MapPropertySource;

/** An application over both frameworks whose properties change while it runs. */
abstract class ChangingApplication {

  static final String EAST = "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-east-1";
  static final String WEST = "us.anthropic.claude-haiku-4-5-20251001-v1:0@us-west-2";

  final Map<String, Object> changing = new HashMap<>();
  final List<Reloaded> events = new ArrayList<>();

  final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withInitializer(
              context -> {
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("changing", changing));
                context.addApplicationListener(
                    (ApplicationListener<PayloadApplicationEvent<Reloaded>>)
                        event -> events.add(event.getPayload()));
              })
          .withPropertyValues(
              "spring.main.cloud-platform=none",
              "resilient.backend=simulator",
              "resilient.identity.anonymous=shared",
              "resilient.routes.chat.targets=" + EAST,
              "resilient.routes.chat.strategy=weighted",
              "resilient.routes.batch.targets=" + WEST);

  static List<String> targets(ApplicationContext context) {
    return context.getBean(Engine.class).operations().routes().stream()
        .filter(route -> route.name().equals("chat"))
        .flatMap(route -> route.targets().stream())
        .map(target -> target.target().region() + "*" + target.weight())
        .toList();
  }
}
