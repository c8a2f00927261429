package io.github.resilientchat.autoconfigure.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.autoconfigure.operation.OperatorChange;
import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** What the endpoint changes, on each line of Spring Boot. */
public abstract class EndpointChangesContract extends ExposedEndpoint {

  @Test
  void nothingCanBeChangedUnlessItIsAllowed() {
    exposed.run(context -> assertThat(operation(context, "change")).isEmpty());
    writable.run(context -> assertThat(operation(context, "change")).isPresent());
  }

  @Test
  void drainIsDoneToldAndUndone() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(OperatorChanges.class)).addAppender(log);
    writable.run(
        context -> {
          Router router = router(context);
          OperatorChange drained =
              (OperatorChange)
                  call(context, "change", Map.of("action", "drain", "region", "us-east-1"));

          assertThat(drained.changed()).isTrue();
          assertThat(drained.targets()).containsExactly("east");
          assertThat(drained.leavesNobody()).isEmpty();
          assertThat(ask(router).target().name()).isEqualTo("west");
          assertThat(call(context, "group", Map.of("what", "drained")))
              .hasToString("[region us-east-1]");
          assertThat(log.list)
              .extracting(ILoggingEvent::getFormattedMessage)
              .containsExactly("operator 'alice\\u000aERROR': drain region us-east-1");
          assertThat(events).containsExactly(drained);

          call(context, "change", Map.of("action", "undrain", "region", "us-east-1"));
          assertThat(ask(router).target().name()).isEqualTo("east");
        });
  }

  @Test
  void dryRunSaysWhomItWouldLeaveWithNobodyAndChangesNothing() {
    writable.run(
        context -> {
          Router router = router(context);
          OperatorChange would =
              (OperatorChange)
                  call(
                      context,
                      "change",
                      Map.of("action", "drain", "account", "main", "dryRun", true));

          assertThat(would.changed()).isTrue();
          assertThat(would.targets()).containsExactly("east", "west");
          assertThat(would.leavesNobody()).containsExactly("chat");
          assertThat(ask(router).target().name()).isEqualTo("east");
          assertThat(events).isEmpty();
        });
  }

  @Test
  void weightsAndRestsAreChanged() {
    writable.run(
        context -> {
          Router router = router(context);
          ((Attempt) ask(router).failed(new IllegalStateException("x"))).completed(null);

          call(
              context,
              "change",
              Map.of("action", "weight", "route", "chat", "target", "west", "weight", 7));
          call(context, "change", Map.of("action", "rest", "target", "east"));

          assertThat(call(context, "all", Map.of()).toString()).contains("weight=7");
          assertThat(ask(router).target().name()).isEqualTo("east");
        });
  }

  @Test
  void whatMakesNoSenseIsABadRequest() {
    writable.run(
        context -> {
          router(context);
          for (Map<String, Object> wrong :
              List.<Map<String, Object>>of(
                  Map.of("action", "drain"),
                  Map.of("action", "drain", "target", "east", "region", "us-east-1"),
                  Map.of("action", "drain", "target", "nobody"),
                  Map.of("action", "weight", "target", "east", "weight", 2),
                  Map.of("action", "weight", "route", "chat", "target", "east", "weight", 0),
                  Map.of("action", "rest", "target", "nobody"),
                  Map.of("action", "explode"))) {
            assertThatThrownBy(() -> call(context, "change", wrong))
                .isInstanceOf(InvalidEndpointRequestException.class);
          }
          assertThat(events).isEmpty();
        });
  }

  @Test
  void propertiesAreReadAgain() {
    writable
        .withPropertyValues("resilient.quotas.default.limits=5rpm")
        .run(
            context -> {
              Router router = router(context);
              changing.put("resilient.routes.chat.targets", "west");
              changing.put("resilient.quotas.default.limits", "7rpm");
              Map<String, Object> reload = Map.of("action", "reload", "dryRun", true);
              OperatorChange would = (OperatorChange) call(context, "change", reload);
              assertThat(would.changed()).isTrue();
              assertThat(would.what()).isEqualTo("routes [chat], limits [user default: 7rpm]");
              assertThat(ask(router).target().name()).isEqualTo("east");

              call(context, "change", Map.of("action", "reload"));

              assertThat(ask(router).target().name()).isEqualTo("west");
              assertThat(events).extracting(OperatorChange::action).containsExactly("reload");
              changing.put("resilient.quotas.default.limits", "7 apples");
              assertThatThrownBy(() -> call(context, "change", Map.of("action", "reload")))
                  .isInstanceOf(InvalidEndpointRequestException.class)
                  .hasMessageContaining("7 apples");
            });
  }
}
