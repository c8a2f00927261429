package io.github.resilientchat.redis;

import static io.github.resilientchat.redis.Asked.admit;
import static io.github.resilientchat.redis.Asked.call;
import static io.github.resilientchat.redis.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.quota.Admission;
import io.github.resilientchat.core.quota.Limit;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.quota.OnStoreFailure;
import io.github.resilientchat.core.quota.PlanQuotas;
import io.github.resilientchat.core.quota.SharedStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import redis.embedded.RedisServer;
import redis.embedded.RedisShardedCluster;

/** A cluster of three primaries with a replica each. The last test takes one away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {

  /** After so many milliseconds a node is taken for dead. */
  private static final int QUICK = 1_500;

  /** So that no replica takes over because the machine stood still. */
  private static final int PATIENT = 30_000;

  private static RedisShardedCluster cluster;
  private static RedisClusterClient client;

  @BeforeAll
  static void start() throws IOException {
    cluster =
        RedisShardedCluster.newRedisCluster()
            .withServerBuilder(
                RedisServer.newRedisServer()
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("cluster-node-timeout " + QUICK)
                    .onShutdownForceStop(true))
            .serverPorts(EmbeddedRedis.freeClusterPorts(6))
            .shard("one", 1)
            .shard("two", 1)
            .shard("three", 1)
            .initializationTimeout(Duration.ofSeconds(60))
            .build();
    cluster.start();
    client =
        RedisClusterClient.create(
            cluster.serverPorts().stream()
                .map(port -> RedisURI.create("127.0.0.1", port))
                .toList());
    client.setOptions(options());
    // Nodes that became replicas a moment ago may still be known as primaries.
    until(() -> primaries() == 3);
    nodesWait(PATIENT, cluster.serverPorts());
  }

  private static void nodesWait(int millis, List<Integer> ports) {
    ports.forEach(
        port -> on(port, node -> node.configSet("cluster-node-timeout", Integer.toString(millis))));
  }

  private static ClusterClientOptions options() {
    return ClusterClientOptions.builder()
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .enableAllAdaptiveRefreshTriggers()
                .adaptiveRefreshTriggersTimeout(Duration.ofMillis(200))
                .enablePeriodicRefresh(Duration.ofMillis(500))
                .build())
        .build();
  }

  @AfterAll
  static void stop() throws IOException {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    cluster.stop();
  }

  /** It is the machine's slowness that must not count as Redis'. */
  private static PlanQuotas.Builder quotas(String prefix) {
    return quotas(prefix, Duration.ofSeconds(20));
  }

  private static PlanQuotas.Builder quotas(String prefix, Duration patience) {
    Map<Limit.Measure, OnStoreFailure> closed =
        Map.of(Limit.Measure.REQUESTS, OnStoreFailure.CLOSED);
    return PlanQuotas.builder()
        .fairShares(false)
        .store(
            new SharedStore(
                RedisQuotaStore.over(client).prefix(prefix).patience(Duration.ofMinutes(1)).build(),
                closed,
                3,
                patience));
  }

  private static int granted(PlanQuotas quotas, Caller caller, int calls) {
    int granted = 0;
    for (int i = 0; i < calls; i++) {
      if (admit(quotas, call(caller, 1)) instanceof Admission.Granted one) {
        one.reservation().settle(1);
        granted++;
      }
    }
    return granted;
  }

  private static long primaries() {
    client.refreshPartitions();
    return client.getPartitions().stream()
        .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM))
        .count();
  }

  private static boolean settled(PlanQuotas quotas) {
    return quotas.store().orElseThrow().untold() == 0;
  }

  @Test
  @Order(1)
  void usersAreSpreadOverThePrimariesWhereNothingElseIsLimited() {
    try (PlanQuotas quotas = quotas("spread").limits(Limits.parse("2rph 3par")).build()) {
      for (int user = 0; user < 40; user++) {
        assertThat(granted(quotas, Caller.user("user" + user), 3)).isEqualTo(2);
      }
      until(() -> settled(quotas));
    }
    // Nodes that became replicas a moment ago may still be known as primaries.
    until(() -> primaries() == 3);
    try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      Set<String> primaries = new HashSet<>();
      for (RedisClusterNode node : connection.getPartitions()) {
        if (node.is(RedisClusterNode.NodeFlag.UPSTREAM)
            && !connection.getConnection(node.getNodeId()).sync().keys("spread:{*").isEmpty()) {
          primaries.add(node.getNodeId());
        }
      }
      assertThat(primaries).hasSize(3);
    }
  }

  @Test
  @Order(2)
  void allScopesOfACallAreOnOneNode() {
    try (PlanQuotas quotas =
        quotas("scopes")
            .limits(Limits.parse("3rph 2par"))
            .tenantLimits(Limits.parse("5rph"))
            .routeLimits("", Limits.parse("7rph"))
            .applicationLimits(Limits.parse("9rph 9par"))
            .build()) {
      List<Integer> granted = new ArrayList<>();
      for (String user : List.of("ann", "bob", "cat")) {
        granted.add(granted(quotas, Caller.of(user, "acme"), 4));
      }
      granted.add(granted(quotas, Caller.of("dan", "other"), 4));
      assertThat(granted).containsExactly(3, 2, 0, 2);
    }
  }

  @Test
  @Order(3)
  void documentedAccessIsEnough() {
    for (int port : cluster.serverPorts()) {
      on(port, server -> Access.give(server, true));
    }
    RedisClusterClient limited =
        RedisClusterClient.create(
            cluster.serverPorts().stream()
                .map(
                    port ->
                        RedisURI.builder()
                            .withHost("127.0.0.1")
                            .withPort(port)
                            .withAuthentication(Access.USER, Access.PASSWORD.toCharArray())
                            .build())
                .toList());
    limited.setOptions(options());
    try {
      AccessTest.useQuotas(limited);
      AccessTest.useFleet(limited);
    } finally {
      limited.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
    for (int port : cluster.serverPorts()) {
      on(port, server -> assertThat(Access.denied(server)).isEmpty());
    }
  }

  private static void on(int port, Consumer<RedisCommands<String, String>> what) {
    RedisClient once = RedisClient.create(RedisURI.create("127.0.0.1", port));
    try (StatefulRedisConnection<String, String> connection = once.connect()) {
      what.accept(connection.sync());
    } finally {
      once.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
  }

  @Test
  @Order(4)
  void replicaThatTakesOverKnowsTheAccountsAndIsSentTheScript() {
    Limits limits = Limits.parse("40rph");
    try (PlanQuotas patient = quotas("over").applicationLimits(limits).build();
        PlanQuotas quotas =
            quotas("over", Duration.ofSeconds(1)).applicationLimits(limits).build()) {
      Caller ann = Caller.user("ann");
      AtomicInteger all = new AtomicInteger(granted(patient, ann, 15));
      assertThat(all).hasValue(15);
      until(() -> settled(patient));
      nodesWait(QUICK, cluster.serverPorts());
      int dead;
      try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
        int slot = SlotHash.getSlot("over:{all}:a:");
        RedisClusterNode primary = connection.getPartitions().getPartitionBySlot(slot);
        RedisClusterCommands<String, String> commands =
            connection.getConnection(primary.getNodeId()).sync();
        until(() -> commands.waitForReplication(1, 1_000) >= 1);
        dead = primary.getUri().getPort();
        EmbeddedRedis.kill(commands.info("server"));
      }
      until(() -> quotas.store().orElseThrow().away() || !isOneMore(quotas, ann, all));
      until(() -> !quotas.store().orElseThrow().away() && isOneMore(quotas, ann, all));
      nodesWait(PATIENT, cluster.serverPorts().stream().filter(port -> port != dead).toList());
      all.addAndGet(granted(quotas, ann, 60));
      until(() -> settled(quotas));
      all.addAndGet(granted(patient, ann, 60));
      // What Redis let in and could not say counts as used, and is no grant.
      assertThat(all.get()).isLessThanOrEqualTo(40);
      assertThat(patient.standings(ann, "").get(0).used()).isEqualTo(40);
    }
  }

  private static boolean isOneMore(PlanQuotas quotas, Caller caller, AtomicInteger all) {
    int one = granted(quotas, caller, 1);
    all.addAndGet(one);
    return one == 1;
  }
}
