package app.mushroom.vision.decision;

import app.mushroom.vision.species.Toxicity;

/** The poison flag with its reason. */
record Verdict(PoisonFlag flag, boolean deadly, PoisonReason reason) {
  static final Verdict NOT_A_MUSHROOM = cannotTell(PoisonReason.NOT_A_MUSHROOM);

  /**
   * What is known of poison.
   *
   * @param poison summed probability of all poisonous and deadly labels
   * @param deadly summed probability of the deadly ones
   * @param poisonousAlone whether a poisonous label reaches a threshold of its own
   * @param deadlyAlone whether a deadly one does
   */
  record Evidence(double poison, double deadly, boolean poisonousAlone, boolean deadlyAlone) {}

  static Verdict of(Answer answer, Evidence found, Calibration.Poison at) {
    if (answer.isNone()) {
      return cannotTell(PoisonReason.NOT_SURE);
    }
    double poison = found.poison();
    if (answer.toxicity().isPoisonous() || poison >= at.flagAt() || found.poisonousAlone()) {
      boolean mayKill =
          answer.toxicity() == Toxicity.DEADLY
              || found.deadly() >= at.flagAt()
              || found.deadlyAlone();
      return new Verdict(PoisonFlag.POISONOUS, mayKill, alarm(answer, mayKill));
    }
    return poison >= at.clearBelow()
        ? cannotTell(PoisonReason.POISON_NOT_RULED_OUT)
        : new Verdict(PoisonFlag.NOT_KNOWN_POISONOUS, false, noAlarm(answer));
  }

  /** The one that warns more; this one if both warn the same. */
  Verdict worse(Verdict other) {
    return other.alarm() > alarm() ? other : this;
  }

  /** Not known to be poisonous, cannot tell, poisonous, deadly. */
  int alarm() {
    return switch (flag) {
      case NOT_KNOWN_POISONOUS -> 0;
      case CANNOT_TELL -> 1;
      case POISONOUS -> deadly ? 3 : 2;
    };
  }

  private static Verdict cannotTell(PoisonReason reason) {
    return new Verdict(PoisonFlag.CANNOT_TELL, false, reason);
  }

  private static PoisonReason alarm(Answer answer, boolean mayKill) {
    if (answer.toxicity() == Toxicity.DEADLY) {
      return answer.isGenus() ? PoisonReason.GENUS_HOLDS_DEADLY : PoisonReason.DEADLY_SPECIES;
    }
    if (mayKill) {
      return PoisonReason.DEADLY_POSSIBLE;
    }
    if (answer.toxicity() == Toxicity.POISONOUS) {
      return answer.isGenus() ? PoisonReason.GENUS_HOLDS_POISONOUS : PoisonReason.POISONOUS_SPECIES;
    }
    return PoisonReason.POISONOUS_POSSIBLE;
  }

  private static PoisonReason noAlarm(Answer answer) {
    return switch (answer.toxicity()) {
      case CAUTION -> PoisonReason.HARMS_SOME;
      case UNKNOWN -> PoisonReason.LITTLE_KNOWN;
      default -> PoisonReason.NO_POISON_KNOWN;
    };
  }
}
