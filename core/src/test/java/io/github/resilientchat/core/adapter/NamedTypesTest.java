package io.github.resilientchat.core.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NamedTypesTest {

  @Test
  void whatExtendsATypeIsOfIt() {
    NamedTypes types = NamedTypes.of("java.io.IOException", "not.on.the.class.Path");

    assertThat(types.include(new IOException())).isTrue();
    assertThat(types.include(new FileNotFoundException())).isTrue();
    assertThat(types.include(new IllegalStateException())).isFalse();
  }
}
