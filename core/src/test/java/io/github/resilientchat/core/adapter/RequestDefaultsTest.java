package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestDefaultsTest {

  /** Parameters of a framework that has no others. */
  private record Said(String what, @Nullable String model) {
    Said(String what) {
      this(what, null);
    }
  }

  private final Target east = Target.builder("east").model("sonnet").region("us-east-1").build();
  private final Route chat = Route.named("chat").tier(east).build();
  private final RequestDefaults<Said> defaults = new RequestDefaults<>(Said::model);

  @Test
  void theNearestToACallIsTheLast() {
    defaults.target("east", new Said("target"));
    defaults.route("chat", new Said("route"));
    defaults.model("sonnet", new Said("model"));
    defaults.all(new Said("all"));

    assertThat(defaults.of(chat, east, null))
        .extracting(Said::what)
        .containsExactly("all", "route", "model", "target");
  }

  @Test
  void whatAModelSaysOfItselfIsFartherThanWhatItsTargetSays() {
    defaults.model("sonnet", new Said("target's"));
    defaults.model("sonnet-4", new Said("own"));

    assertThat(defaults.of(chat, east, "sonnet-4"))
        .extracting(Said::what)
        .containsExactly("own", "target's");
  }

  @Test
  void noneMayNameAModel() {
    List<BiConsumer<RequestDefaults<Said>, Said>> ways =
        List.of(
            RequestDefaults::all,
            (all, said) -> all.route("chat", said),
            (all, said) -> all.model("sonnet", said),
            (all, said) -> all.target("east", said));
    for (BiConsumer<RequestDefaults<Said>, Said> way : ways) {
      assertThatThrownBy(() -> way.accept(defaults, new Said("x", "gpt")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'gpt'")
          .hasMessageContaining("selects a route");
    }
  }

  @Test
  void whatIsSaidForNobodyIsNotIgnored() {
    defaults.target("esat", new Said("x"));
    defaults.of(chat, east, null);

    assertThatThrownBy(defaults::requireMet)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no target 'esat'");
  }
}
