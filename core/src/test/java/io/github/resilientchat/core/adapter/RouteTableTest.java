package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private final Engine engine = Engine.builder().build();
  private final Target a = Target.named("a");
  private final Target b = Target.named("b");
  private final Target c = Target.named("c");

  @Test
  void singleTargetsAndFallbacksMakeOneRoute() {
    RouteTable<String> table =
        RouteTable.<String>builder()
            .target(a, "model a")
            .fallback(b, "model b")
            .build(engine::router);

    RouteTable.Entry<String> route = table.route(null);

    assertThat(route.router().route().tiers()).hasSize(2);
    assertThat(route.model(a)).isEqualTo("model a");
    assertThat(table.models()).containsExactlyInAnyOrder("model a", "model b");
  }

  @Test
  void unknownNameListsTheRoutes() {
    RouteTable<String> table =
        RouteTable.<String>builder()
            .route(Route.named("chat").tier(a).build(), Target::name)
            .route(Route.named("batch").tier(b).build(), Target::name)
            .build(engine::router);

    assertThat(table.defaultName()).isEqualTo("chat");
    assertThat(table.route("batch").router().route().name()).isEqualTo("batch");
    assertThatThrownBy(() -> table.route("gpt-4"))
        .isInstanceOf(UnknownRouteException.class)
        .hasMessageContaining("'gpt-4'")
        .hasMessageContaining("[batch, chat]");
  }

  @Test
  void emptyTableIsAMistake() {
    assertThatThrownBy(() -> RouteTable.<String>builder().build(engine::router))
        .hasMessageContaining("at least one target");
  }

  @Test
  void aSecondTargetOfOneNameIsAMistake() {
    RouteTable.Builder<String> builder = RouteTable.<String>builder().target(a, "model a");

    assertThatThrownBy(() -> builder.target(Target.named("a"), "another"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two targets are named a");
    assertThatThrownBy(() -> builder.fallback(Target.named("a"), "another"))
        .hasMessageContaining("two targets are named a");
  }

  @Test
  void targetNamedTwiceIsAMistake() {
    assertThatThrownBy(() -> Route.named("chat").tier(a).tier(a).build())
        .hasMessageContaining("names target a twice");
  }

  @Test
  void routeAsAFallbackBringsItsTiersAndStrategiesButNoTargetTwice() {
    Route batch =
        Route.named("batch").strategy(RoutingStrategy.ordered()).tier(b, a).tier(c).build();

    Route chat = Route.named("chat").tier(a).fallback(batch).build();

    assertThat(chat.tiers())
        .extracting(Route.Tier::targets)
        .containsExactly(List.of(a), List.of(b), List.of(c));
    assertThat(chat.tiers().get(1).strategy()).isSameAs(batch.tiers().get(0).strategy());
  }
}
