package io.github.resilientchat.autoconfigure.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.HeldLimits;
import io.github.resilientchat.core.quota.PlanQuotas;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Properties of quotas that change while an application runs. */
class ReloadedQuotasTest extends ChangingApplication {

  @Test
  void amountsOfLimitsChange() {
    application
        .withPropertyValues(
            "resilient.quotas.default.limits=5rpm", "resilient.routes.batch.limits=9rpm")
        .run(
            context -> {
              changing.put("resilient.quotas.default.limits", "50rpm");
              changing.put("resilient.routes.batch.limits", "90rpm");

              Reloaded reloaded = context.getBean(Reload.class).reload(false);

              assertThat(reloaded.limits())
                  .containsExactlyInAnyOrder("user default: 50rpm", "route batch: 90rpm");
              assertThat(((PlanQuotas) context.getBean(CallerQuotas.class)).limits())
                  .extracting(HeldLimits::limits)
                  .extracting(Object::toString)
                  .containsExactlyInAnyOrder("50rpm", "90rpm");
            });
  }

  @Test
  void aQuotaThatNoCallFitsIsSaidWhenItIsTakenOverAndNotBefore() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger("io.github.resilientchat.configuration")).addAppender(log);
    application
        .withPropertyValues(
            "resilient.defaults.options.max-tokens=1000", "resilient.quotas.default.limits=50ktpm")
        .run(
            context -> {
              assertThat(log.list).isEmpty();
              changing.put("resilient.quotas.default.limits", "500tpm");

              context.getBean(Reload.class).reload(true);
              assertThat(log.list).isEmpty();
              context.getBean(Reload.class).reload(false);

              assertThat(log.list)
                  .extracting(ILoggingEvent::getFormattedMessage)
                  .singleElement()
                  .asString()
                  .startsWith(
                      "resilient.quotas.default.limits=500tpm fits no call over route 'batch'");
            });
  }
}
