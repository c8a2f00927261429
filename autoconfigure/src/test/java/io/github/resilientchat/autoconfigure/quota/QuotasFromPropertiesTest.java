package io.github.resilientchat.autoconfigure.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Prices;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.CallerQuotas;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.QuotaListener;
import io.github.resilientchat.core.quota.Scope;
import io.github.resilientchat.core.quota.Standing;
import io.github.resilientchat.core.quota.Tariff;
import io.github.resilientchat.core.quota.UsageEvent;
import io.github.resilientchat.core.quota.UsageReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Quotas as properties set them: whose they are, what they count, and what follows. */
@ExtendWith(OutputCaptureExtension.class)
class QuotasFromPropertiesTest {

  private static final Prices PRICES = new Prices(3, 15);

  private final ApplicationContextRunner runner =
      Startup.runner()
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.models.big.id=a.b",
              "resilient.models.big.input-price=3",
              "resilient.models.big.output-price=15",
              "resilient.models.big.cache-read-price=0.3",
              "resilient.models.big.cache-write-price=3.75",
              "resilient.routes.chat.targets=big@us-east-1",
              "resilient.routes.batch.targets=big@us-west-2");

  private void with(List<String> properties, Consumer<CallerQuotas> check) {
    runner
        .withPropertyValues(properties.toArray(String[]::new))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              check.accept(context.getBean(CallerQuotas.class));
            });
  }

  private static Admission ask(CallerQuotas quotas, String route, Caller caller) {
    return quotas
        .over(new Tariff(route, PRICES, List.of()))
        .admit(ModelCall.blocking(caller, new TokenEstimate(100, 100)));
  }

  private static String refusal(Admission admission) {
    Admission.Full full = (Admission.Full) admission;
    return full.scope() + " " + full.plan() + " " + full.limit();
  }

  @Test
  void eachOfTheTenUnitsIsHeld() {
    for (String unit :
        List.of("rpm", "rph", "rpd", "tpm", "tph", "tpd", "par", "usd/h", "usd/d", "usd/mo")) {
      with(
          List.of("resilient.quotas.default.limits=0" + unit),
          quotas ->
              assertThat(refusal(ask(quotas, "chat", Caller.user("ann"))))
                  .isEqualTo("user default 0" + unit));
    }
  }

  @Test
  void aPlanIsTheUsersThenAGroupsThenTheTenantsThenTheDefault() {
    with(
        List.of(
            "resilient.quotas.default.limits=0rpm",
            "resilient.quotas.plans.user.limits=0rph",
            "resilient.quotas.plans.user.users=ann",
            "resilient.quotas.plans.group.limits=0rpd",
            "resilient.quotas.plans.group.groups=staff",
            "resilient.quotas.plans.tenant.limits=0tpm",
            "resilient.quotas.plans.tenant.tenants=acme"),
        quotas -> {
          assertThat(refusal(ask(quotas, "chat", new Caller("ann", "acme", Set.of("staff")))))
              .isEqualTo("user user 0rph");
          assertThat(refusal(ask(quotas, "chat", new Caller("bob", "acme", Set.of("staff")))))
              .isEqualTo("user group 0rpd");
          assertThat(refusal(ask(quotas, "chat", Caller.of("bob", "acme"))))
              .isEqualTo("user tenant 0tpm");
          assertThat(refusal(ask(quotas, "chat", Caller.user("bob"))))
              .isEqualTo("user default 0rpm");
        });
  }

  @Test
  void everyScopeHasItsLimits() {
    with(
        List.of(
            "resilient.quotas.default.limits=1krpm",
            "resilient.quotas.tenant.limits=1rpm",
            "resilient.quotas.plans.big.tenant-limits=2rpm",
            "resilient.quotas.plans.big.tenants=acme",
            "resilient.quotas.application.limits=5rpm",
            "resilient.routes.batch.limits=0rpd"),
        quotas -> {
          assertThat(ask(quotas, "chat", Caller.of("ann", "small")))
              .isInstanceOf(Admission.Granted.class);
          assertThat(refusal(ask(quotas, "chat", Caller.of("bob", "small"))))
              .isEqualTo("tenant tenant 1rpm");
          assertThat(ask(quotas, "chat", Caller.of("ann", "acme")))
              .isInstanceOf(Admission.Granted.class);
          assertThat(ask(quotas, "chat", Caller.of("bob", "acme")))
              .isInstanceOf(Admission.Granted.class);
          assertThat(refusal(ask(quotas, "chat", Caller.of("cid", "acme"))))
              .isEqualTo("tenant big 2rpm");
          assertThat(refusal(ask(quotas, "batch", Caller.user("ann"))))
              .isEqualTo("route batch 0rpd");
          assertThat(ask(quotas, "chat", Caller.user("dan"))).isInstanceOf(Admission.Granted.class);
          assertThat(ask(quotas, "chat", Caller.user("eve"))).isInstanceOf(Admission.Granted.class);
          assertThat(refusal(ask(quotas, "chat", Caller.user("fay"))))
              .isEqualTo("application application 5rpm");
        });
  }

  @Test
  void aPlanOfARouteHoldsThereAlone() {
    with(
        List.of(
            "resilient.quotas.plans.slow.limits=0rpm", "resilient.quotas.plans.slow.routes=batch"),
        quotas -> {
          assertThat(ask(quotas, "batch", Caller.user("ann"))).isInstanceOf(Admission.Full.class);
          assertThat(ask(quotas, "chat", Caller.user("ann"))).isNotInstanceOf(Admission.Full.class);
        });
  }

  @Test
  void onExceededIsThePlansElseEverybodys() {
    with(
        List.of(
            "resilient.quotas.default.limits=1rpm",
            "resilient.quotas.on-exceeded=wait",
            "resilient.quotas.max-wait=2m",
            "resilient.quotas.plans.other.limits=1rpm",
            "resilient.quotas.plans.other.users=bob",
            "resilient.quotas.plans.other.on-exceeded=route:batch"),
        quotas -> {
          CallerQuotas chat = quotas.over(new Tariff("chat", PRICES, List.of()));
          TokenEstimate size = new TokenEstimate(1, 1);
          chat.admit(ModelCall.blocking(Caller.user("ann"), size));
          chat.admit(ModelCall.blocking(Caller.user("bob"), size));
          assertThat(chat.admit(ModelCall.blocking(Caller.user("ann"), size)))
              .isInstanceOf(Admission.Later.class);
          assertThat(chat.admit(ModelCall.blocking(Caller.user("bob"), size)))
              .isInstanceOfSatisfying(
                  Admission.Elsewhere.class, other -> assertThat(other.route()).isEqualTo("batch"));
        });
  }

  @Test
  void moneyIsCountedAtThePricesOfTheModels() {
    with(
        List.of("resilient.quotas.default.limits=0.01usd/d"),
        quotas -> {
          ask(quotas, "chat", Caller.user("ann"));
          List<Standing> standings = ((PlanQuotas) quotas).standings(Caller.user("ann"), "chat");
          // 100 tokens of input, at most at the price of a cache write, and 100 of output.
          assertThat(standings)
              .singleElement()
              .satisfies(
                  money -> {
                    assertThat(money.scope()).isEqualTo(Scope.USER);
                    assertThat(money.used()).isEqualTo(375_000 + 1_500_000);
                  });
        });
  }

  @Test
  void newcomersShareOneAccountWhenThereAreTooMany(CapturedOutput output) {
    with(
        List.of("resilient.quotas.default.limits=1rpd", "resilient.store.max-keys=3"),
        quotas -> {
          CallerQuotas chat = quotas.over(new Tariff("chat", PRICES, List.of()));
          int granted = 0;
          for (int user = 0; user < 50; user++) {
            Caller caller = Caller.user("user" + user);
            granted +=
                chat.admit(ModelCall.blocking(caller, new TokenEstimate(1, 1)))
                        instanceof Admission.Granted
                    ? 1
                    : 0;
          }
          assertThat(granted).isEqualTo(4);
          assertThat(output).contains("resilient.store.max-keys");
        });
  }

  @Test
  void propertiesThatABeanReplacesAreSaid(CapturedOutput output) {
    ApplicationContextRunner own = runner.withBean(CallerQuotas.class, CallerQuotas::unlimited);
    own.run(context -> assertThat(context).hasNotFailed());
    assertThat(output).doesNotContain("a bean of type CallerQuotas replaces them");

    own.withPropertyValues("resilient.quotas.default.limits=1rpd")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output).contains("a bean of type CallerQuotas replaces them");
  }

  @Test
  void aUsersLimitAboveItsTenantsIsWarnedOfOnceAndTheZoneIsSaid(CapturedOutput output) {
    with(
        List.of(
            "resilient.quotas.default.limits=60rpm",
            "resilient.quotas.tenant.limits=30rpm",
            "resilient.quotas.zone=Europe/Berlin"),
        quotas -> {
          assertThat(output.getAll().split("60rpm of each user on plan default", -1)).hasSize(2);
          assertThat(output).contains("30rpm of a tenant as a whole", "in the zone Europe/Berlin");
        });
  }

  @Test
  void withoutQuotasNobodyIsLimitedAndListenersAreToldAllTheSame() {
    List<UsageEvent> told = new ArrayList<>();
    QuotaListener listener =
        new QuotaListener() {
          @Override
          public void onUsage(UsageEvent event) {
            told.add(event);
          }
        };
    runner
        .withBean(QuotaListener.class, () -> listener)
        .run(
            context -> {
              Admission admission =
                  ask(context.getBean(CallerQuotas.class), "chat", Caller.ANONYMOUS);
              ((Admission.Granted) admission).reservation().settle(7);
              assertThat(told).singleElement().extracting(UsageEvent::route).isEqualTo("chat");
            });
  }

  @Test
  void theBookIsAReaderAndIsToldOfCalls() {
    runner
        .withPropertyValues("resilient.quotas.default.limits=60rpm")
        .run(
            context -> {
              UsageReader reader = context.getBean(UsageReader.class);
              assertThat(reader.on(LocalDate.EPOCH)).isEmpty();
              assertThat(context.getBeansOfType(UsageReader.class)).hasSize(1);
            });
  }
}
