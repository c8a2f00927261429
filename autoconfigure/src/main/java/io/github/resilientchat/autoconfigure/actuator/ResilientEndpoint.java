package io.github.resilientchat.autoconfigure.actuator;

import io.github.resilientchat.autoconfigure.operation.OperatorChange;
import io.github.resilientchat.autoconfigure.operation.OperatorChanges;
import io.github.resilientchat.autoconfigure.route.RoutePlan;
import io.github.resilientchat.autoconfigure.route.RoutePlans;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.Quoted;
import io.github.resilientchat.core.operation.Operations;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.operation.RouteStatus;
import io.github.resilientchat.core.report.DecisionLog;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.lang.Nullable;
import org.springframework.util.StringUtils;

/**
 * How routes and targets are: {@code GET resilient}, {@code resilient/routes}, {@code
 * resilient/drained}, {@code resilient/decisions}, {@code resilient/plans}, {@code
 * resilient/routes/{name}}, {@code resilient/settings} and {@code resilient/settings/{name}} for
 * what is in force over routes and who says so, and {@code
 * resilient/account?user=...&tenant=...&route=...} for how one caller stands. And what may be
 * changed, once {@code management.endpoint.resilient.access} is {@code unrestricted}: {@code POST
 * resilient/drain} and {@code resilient/undrain} with a {@code target}, {@code region} or {@code
 * account}; {@code resilient/weight} with {@code route}, {@code target} and {@code weight}; {@code
 * resilient/rest} with a {@code target} whose cool-down ends; {@code resilient/reload}, which reads
 * the properties of routes and quotas again. With {@code dryRun} nothing changes.
 *
 * <p>Optional parameters bear Spring's own annotation: Spring Boot 3 knows no other.
 */
@Endpoint(id = "resilient", defaultAccess = Access.READ_ONLY)
public final class ResilientEndpoint {

  private static final String ROUTES = "routes";
  private static final String SETTINGS = "settings";

  private final Operations operations;
  private final OperatorChanges changes;
  private final Supplier<@org.jspecify.annotations.Nullable DecisionLog> decisions;
  private final QuotaView quotas;
  private final Supplier<RoutePlans> settings;

  ResilientEndpoint(
      Operations operations,
      OperatorChanges changes,
      Supplier<@org.jspecify.annotations.Nullable DecisionLog> decisions,
      QuotaView quotas,
      Supplier<RoutePlans> settings) {
    this.operations = operations;
    this.changes = changes;
    this.decisions = decisions;
    this.quotas = quotas;
    this.settings = settings;
  }

  /** All routes, and what is drained. */
  @ReadOperation
  public Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(ROUTES, operations.routes().stream().map(ResilientEndpoint::route).toList());
    all.put("drained", drained());
    return all;
  }

  /**
   * One of {@code routes}, {@code settings}, {@code drained}, {@code decisions}, {@code plans},
   * {@code account}; nothing for another word.
   */
  @ReadOperation
  @Nullable
  public Object group(
      @Selector String what,
      @Nullable String user,
      @Nullable String tenant,
      @Nullable String groups,
      @Nullable String route) {
    return switch (what) {
      case ROUTES -> operations.routes().stream().map(ResilientEndpoint::route).toList();
      case SETTINGS -> settings.get().all().stream().map(RoutePlan::asMap).toList();
      case "drained" -> drained();
      case "decisions" -> decisions();
      case "plans" -> quotas.plans();
      case "account" -> account(user, tenant, groups, route);
      default -> null;
    };
  }

  /** A route by its name, or what is in force over it; nothing when there is none. */
  @ReadOperation
  @Nullable
  public Object named(@Selector String what, @Selector String name) {
    return switch (what) {
      case ROUTES ->
          operations.routes().stream()
              .filter(route -> route.name().equals(name))
              .map(ResilientEndpoint::route)
              .findFirst()
              .orElse(null);
      case SETTINGS ->
          settings.get().all().stream()
              .filter(plan -> plan.route().equals(name))
              .map(RoutePlan::asMap)
              .findFirst()
              .orElse(null);
      default -> null;
    };
  }

  /** Makes a change, or says what it would do. */
  @WriteOperation
  public OperatorChange change(
      @Selector String action,
      @Nullable String target,
      @Nullable String region,
      @Nullable String account,
      @Nullable String route,
      @Nullable Integer weight,
      @Nullable Boolean dryRun,
      SecurityContext security) {
    String by = nameOf(security);
    boolean dry = Boolean.TRUE.equals(dryRun);
    try {
      return switch (action) {
        case "drain" -> changes.drain(part(target, region, account), by, dry);
        case "undrain" -> changes.undrain(part(target, region, account), by, dry);
        case "weight" ->
            changes.weigh(
                given("route", route), given("target", target), given("weight", weight), by, dry);
        case "rest" -> changes.endRest(given("target", target), by, dry);
        case "reload" -> changes.reload(by, dry);
        default ->
            throw new IllegalArgumentException(
                "there is no "
                    + Quoted.of(action)
                    + ", but drain, undrain, weight, rest and reload");
      };
    } catch (IllegalArgumentException e) {
      throw badRequest(e);
    }
  }

  private Object account(
      @Nullable String user,
      @Nullable String tenant,
      @Nullable String groups,
      @Nullable String route) {
    if (of(user).isBlank() && of(tenant).isBlank()) {
      throw new InvalidEndpointRequestException(
          "give a user, a tenant or both", "no user and no tenant was given");
    }
    Set<String> of = StringUtils.commaDelimitedListToSet(groups);
    try {
      Caller caller = new Caller(given(user), given(tenant), of);
      return quotas.account(
          caller,
          route == null
              ? operations.routes().stream().map(RouteStatus::name).distinct().toList()
              : List.of(route));
    } catch (IllegalArgumentException e) {
      throw badRequest(e);
    }
  }

  private static @org.jspecify.annotations.Nullable String given(@Nullable String name) {
    return of(name).isBlank() ? null : name;
  }

  private static InvalidEndpointRequestException badRequest(IllegalArgumentException e) {
    return new InvalidEndpointRequestException(
        String.valueOf(e.getMessage()), String.valueOf(e.getMessage()));
  }

  private static String nameOf(SecurityContext security) {
    Principal principal = security.getPrincipal();
    return principal == null ? "anonymous" : principal.getName();
  }

  private static Part part(
      @Nullable String target, @Nullable String region, @Nullable String account) {
    long given =
        Stream.of(of(target), of(region), of(account)).filter(name -> !name.isEmpty()).count();
    if (given != 1) {
      throw new IllegalArgumentException("name one of target, region and account");
    }
    if (target != null) {
      return Part.target(target);
    }
    return region != null ? Part.region(region) : Part.account(of(account));
  }

  private static String of(@Nullable String name) {
    return name == null ? "" : name;
  }

  private static <T> T given(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("give a " + name);
    }
    return value;
  }

  private List<String> drained() {
    return operations.drained().stream().map(Objects::toString).toList();
  }

  private List<Map<String, Object>> decisions() {
    DecisionLog log = decisions.get();
    return log == null ? List.of() : log.recent().stream().map(DecisionView::of).toList();
  }

  private static Map<String, Object> route(RouteStatus status) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", status.name());
    view.put("canAnswer", status.canAnswer());
    view.put("targets", status.targets().stream().map(TargetView::of).toList());
    return view;
  }
}
