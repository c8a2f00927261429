package io.github.resilientchat.core.internal.call;

import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.quota.Bill;
import io.github.resilientchat.core.quota.Charge;
import io.github.resilientchat.core.route.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of a call cost, each once: the one that answered, those that failed or were
 * left, and losers of hedges. Guarded by its call.
 */
final class Costs {

  private final ModelCall call;

  /** Most calls make one attempt, which needs no list. */
  private @Nullable Try attempt;

  private @Nullable Charge first;
  private List<Try> attempts = List.of();
  private List<Charge> more = List.of();
  private boolean known;
  private boolean open;

  Costs(ModelCall call) {
    this.call = call;
  }

  /** The target said what it used. */
  void said(Try by, Usage usage) {
    known = true;
    add(by, charge(by, usage, false));
  }

  /** What was received of an attempt; null for an unknown part of what was reserved. */
  void received(Try by, @Nullable Usage usage) {
    known = true;
    if (usage == null) {
      open = true;
    } else {
      add(by, charge(by, usage, !by.hasSaid()));
    }
  }

  /** An attempt worked, but nobody knows for how long: as much as it was asked, at least. */
  void asked(Try by) {
    add(by, charge(by, Usage.of(call.estimate().input(), 0), true));
  }

  /** An attempt that lost says late what it cost, which is better than the estimate. */
  void corrected(Try by, Usage usage) {
    if (by == attempt && first != null && first.estimated()) {
      first = charge(by, usage, false);
    }
    int which = attempts.indexOf(by);
    if (which >= 0 && more.get(which).estimated()) {
      more.set(which, charge(by, usage, false));
    }
  }

  private void add(Try by, Charge charge) {
    if (first == null) {
      attempt = by;
      first = charge;
      return;
    }
    if (more.isEmpty()) {
      attempts = new ArrayList<>(2);
      more = new ArrayList<>(2);
    }
    attempts.add(by);
    more.add(charge);
  }

  /** All of it. Where nothing is known but that there was a cost, the reservation stays charged. */
  Bill bill() {
    @Nullable Charge one = first;
    if (one == null) {
      return open ? Bill.UNKNOWN : Bill.NOTHING;
    }
    if (!known) {
      return Bill.UNKNOWN;
    }
    List<Charge> all = new ArrayList<>(more.size() + 1);
    all.add(one);
    all.addAll(more);
    return Bill.of(all, open);
  }

  /** The bill of a call whose one attempt said what it used. */
  static Bill ofOne(Try by, Usage usage) {
    return charge(by, usage, false);
  }

  private static Charge charge(Try by, Usage usage, boolean estimated) {
    Target target = by.target();
    return new Charge(target.name(), target.model(), target.traits().prices(), usage, estimated);
  }
}
