package app.mushroom.vision.decision;

import app.mushroom.vision.species.Toxicity;

/** The poison flag with its reason. */
record Verdict(PoisonFlag flag, boolean deadly, PoisonReason reason) {
  /**
   * @param poison summed probability of all poisonous and deadly labels
   * @param deadly summed probability of the deadly ones
   */
  static Verdict of(
      boolean isMushroom, Answer answer, double poison, double deadly, Calibration.Poison at) {
    if (!isMushroom) {
      return cannotTell(PoisonReason.NOT_A_MUSHROOM);
    }
    if (answer.isNone()) {
      return cannotTell(PoisonReason.NOT_SURE);
    }
    if (answer.toxicity().isPoisonous() || poison >= at.flagAt()) {
      boolean mayKill = answer.toxicity() == Toxicity.DEADLY || deadly >= at.flagAt();
      return new Verdict(PoisonFlag.POISONOUS, mayKill, alarm(answer, mayKill));
    }
    return poison >= at.clearBelow()
        ? cannotTell(PoisonReason.POISON_NOT_RULED_OUT)
        : new Verdict(PoisonFlag.NOT_KNOWN_POISONOUS, false, noAlarm(answer));
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
