package io.github.resilientchat.autoconfigure.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.autoconfigure.app.Assistant;
import io.github.resilientchat.autoconfigure.keys.RereadProperties;
import io.github.resilientchat.autoconfigure.quota.RereadQuotas;
import io.github.resilientchat.autoconfigure.route.RereadRoutes;
import io.github.resilientchat.autoconfigure.route.RoutesNow;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.TargetStatus;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.context.ApplicationContext;

/** What models calls meet while routes change. */
class ReloadedModelsTest extends ChangingApplication {

  /** A call may go to a new target before the change is over. */
  @Test
  void modelsOfNewTargetsAreMadeAsIsWantedFromTheFirstCallOn() {
    application.run(
        context -> {
          RoutesNow now = context.getBean(RoutesNow.class);
          List<Route> known = new ArrayList<>();
          changing.put("resilient.routes.chat.targets", WEST);

          reload(context, operations -> known.add(now.get().route("chat"))).reload(false);

          assertThat(known)
              .flatExtracting(Route::targets)
              .extracting(Target::region)
              .containsExactly("us-west-2");
        });
  }

  @Test
  void nothingIsWantedThatTheEngineRefused() {
    application.run(
        context -> {
          RoutesNow now = context.getBean(RoutesNow.class);
          changing.put("resilient.routes.chat.targets", WEST);
          Reload refused =
              reload(
                  context,
                  operations -> {
                    throw new IllegalArgumentException("not now");
                  });

          assertThatThrownBy(() -> refused.reload(false)).hasMessage("not now");

          assertThat(now.get().route("chat").targets())
              .extracting(Target::region)
              .containsExactly("us-east-1");
        });
  }

  /** The application's own, with somebody who looks on as its engine is about to change. */
  private static Reload reload(ApplicationContext context, Consumer<Operations> before) {
    Operations real = context.getBean(Engine.class).operations();
    Operations watched =
        (Operations)
            Proxy.newProxyInstance(
                ReloadedModelsTest.class.getClassLoader(),
                new Class<?>[] {Operations.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("change")) {
                    before.accept(real);
                  }
                  return method.invoke(real, arguments);
                });
    return new Reload(
        watched,
        context.getBean(RereadProperties.class),
        context.getBean(RoutesNow.class),
        () -> context.getBean(RereadRoutes.class),
        () -> context.getBean(RereadQuotas.class),
        context.getBean(CallerQuotas.class),
        context);
  }

  @Test
  void noCallFailsInAThousandChangesUnderLoad() {
    application.run(
        context -> {
          Assistant langChain4j = context.getBean(Assistant.class);
          ChatModel springAi = context.getBean(ChatModel.class);
          AtomicBoolean over = new AtomicBoolean();
          ExecutorService threads = Executors.newFixedThreadPool(3);
          try {
            List<Future<Integer>> callers = new ArrayList<>();
            callers.add(threads.submit(calls(over, () -> langChain4j.chat("hello"))));
            callers.add(threads.submit(calls(over, () -> springAi.call("hello"))));
            callers.add(
                threads.submit(
                    calls(
                        over,
                        () -> String.join("", springAi.stream("hello").toStream().toList()))));
            Reload reload = context.getBean(Reload.class);
            for (int change = 0; change < 1_000; change++) {
              String other = change % 3 == 0 ? "" : ", " + (change % 3 == 1 ? EAST : WEST);
              String first = change % 3 == 1 ? WEST : EAST;
              changing.put("resilient.routes.chat.targets", first + "*" + (1 + change % 7) + other);
              reload.reload(false);
            }
            over.set(true);
            for (Future<Integer> caller : callers) {
              assertThat(caller.get()).isPositive();
            }
            assertThat(context.getBean(Engine.class).operations().routes())
                .flatExtracting(route -> route.targets())
                .extracting(TargetStatus::inFlight)
                .containsOnly(0);
          } finally {
            over.set(true);
            threads.shutdownNow();
          }
        });
  }

  private static Callable<Integer> calls(AtomicBoolean over, Callable<String> call) {
    return () -> {
      int answered = 0;
      while (!over.get() || answered == 0) {
        assertThat(call.call()).isNotBlank();
        answered++;
      }
      return answered;
    };
  }
}
