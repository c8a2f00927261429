package io.github.resilientchat.autoconfigure.web;

import org.springframework.boot.WebApplicationType;

class NettyEdgeTest extends EdgeContract {

  @Override
  WebApplicationType type() {
    return WebApplicationType.REACTIVE;
  }
}
