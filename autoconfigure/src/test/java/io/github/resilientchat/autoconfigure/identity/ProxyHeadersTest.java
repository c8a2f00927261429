package io.github.resilientchat.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.report.InvalidCallerException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeadersTest {

  private final ProxyHeaders headers =
      new ProxyHeaders(
          "X-User",
          "X-Tenant",
          List.of(Network.parse("10.1.0.0/16"), Network.parse("2001:db8::/32")));

  private CallerResolver sender(String peer, Map<String, List<String>> sent)
      throws UnknownHostException {
    return headers.sender(InetAddress.getByName(peer), name -> sent.getOrDefault(name, List.of()));
  }

  @Test
  void aTrustedProxysHeadersNameTheCaller() throws Exception {
    Map<String, List<String>> sent =
        Map.of("X-User", List.of("alice"), "X-Tenant", List.of("acme"));

    assertThat(sender("10.1.255.3", sent).resolve()).hasValue(Caller.of("alice", "acme"));
    assertThat(sender("2001:db8:1::1", sent).resolve()).hasValue(Caller.of("alice", "acme"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.2.0.1", "127.0.0.1", "2001:db9::1"})
  void anybodyElsesHeadersAreNothing(String peer) throws Exception {
    assertThat(sender(peer, Map.of("X-User", List.of("alice"))).resolve()).isEmpty();
  }

  @Test
  void anUnknownPeersHeadersAreNothing() {
    assertThat(headers.sender(null, name -> List.of("alice")).resolve()).isEmpty();
  }

  @Test
  void aHeaderThatComesTwiceNamesNobody() throws Exception {
    CallerResolver forged = sender("10.1.0.1", Map.of("X-User", List.of("admin", "alice")));

    assertThatThrownBy(forged::resolve)
        .isInstanceOf(InvalidCallerException.class)
        .hasMessageContaining("X-User came 2 times")
        .hasMessageNotContaining("admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a\nb", "a\rb", "a\u0000b", "a\u2028b", "\u001b[31m"})
  void namesThatAreNoNamesAreRefusedAndNeverShown(String name) throws Exception {
    CallerResolver sender = sender("10.1.0.1", Map.of("X-User", List.of(name)));

    assertThatThrownBy(sender::resolve)
        .isInstanceOf(InvalidCallerException.class)
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain(name.strip() + "!"))
        .satisfies(error -> assertThat(error.getMessage()).doesNotContain("\n", "\u001b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2_049, 10_000, 1_000_000})
  void endlessNamesAreRefused(int length) throws Exception {
    CallerResolver sender = sender("10.1.0.1", Map.of("X-User", List.of("x".repeat(length))));

    assertThatThrownBy(sender::resolve)
        .isInstanceOf(InvalidCallerException.class)
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
  }

  @ParameterizedTest
  @CsvSource({"localhost", "10.1", "10.1.0.0/", "10.1.0.0/33", "::1/129", "300.1.1.1", "1.2.3.4.5"})
  void onlyLiteralsAreNetworks(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
