package io.github.resilientchat.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void anythingIsOneLineThatClosesNothing() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("a\"b", "line\nbreak </script> \u2028");
    value.put("none", null);
    value.put("list", Arrays.asList(1, 2.5, Double.NaN, true, List.of(), Map.of()));

    assertThat(Json.of(value))
        .isEqualTo(
            "{\"a\\\"b\":\"line\\u000abreak \\u003c/script> \\u2028\",\"none\":null,"
                + "\"list\":[1,2.5,null,true,[],{}]}");
  }
}
