package dev.troupe.testkit.experiment.plan;

/// What is promised of a control plane that is broken, by the names that files and reports call it.
public enum Invariant {
  ACKNOWLEDGED_WRITES_STAY(
      "acknowledged-writes-stay",
      "what was answered as done is found again, and what was answered as refused is not"),
  LINEARIZABLE(
      "linearizable",
      "operations on one object can be put in an order in which each answer is right, and each lies"
          + " between its start and its end"),
  ONE_WINNER("one-winner", "of several updates that were made from the same version, one is taken"),
  VERSIONS_RISE(
      "versions-rise",
      "no version is given twice, one write has one version, and later ones in a partition are"
          + " higher"),
  LISTS_ARE_EXACT("lists-are-exact", "a list is what all changes up to its version add up to"),
  LISTS_ARE_FRESH(
      "lists-are-fresh",
      "a list is not older than what was acknowledged before it was asked for, whichever member is"
          + " asked"),
  WATCHES_ARE_IN_ORDER(
      "watches-are-in-order",
      "a watch delivers in the order of versions, of all partitions together"),
  WATCHES_REPEAT_NOTHING("watches-repeat-nothing", "a watch delivers each change once"),
  WATCHES_MISS_NOTHING(
      "watches-miss-nothing",
      "a watch delivers everything between where it began and where it is, also where it goes on"
          + " at another member"),
  WATCHES_ARE_TRUE(
      "watches-are-true", "what a watch delivers has been written, and is called what it is"),
  BOOKMARKS_HOLD("bookmarks-hold", "nothing at or below a bookmark comes later"),
  EXPIRY_IS_TOLD(
      "expiry-is-told",
      "who asks for a past that is gone is told so, and is never left with a gap"),
  INFORMERS_AGREE("informers-agree", "when all is quiet, what informers hold is what a list says"),
  ONE_WRITER("one-writer", "in one epoch of a partition one member writes, and epochs rise"),
  NO_ZOMBIE_READS(
      "no-zombie-reads", "who was replaced shows nothing that is older than what was acknowledged"),
  READS_ARE_DURABLE("reads-are-durable", "what was read once is there after everybody was killed"),
  HISTORY_ADDS_UP(
      "history-adds-up", "the changes that are stored of an object add up to what it is"),
  CONTROLLERS_SETTLE(
      "controllers-settle",
      "after the last fault every controller reaches what is wanted, and stays there"),
  NO_ZOMBIE_CONTROLLERS(
      "no-zombie-controllers", "a controller that was frozen writes nothing after its takeover"),
  NOTHING_TWICE(
      "nothing-twice", "no controller makes two objects for one place, or more than are allowed"),
  FINALIZERS_HOLD("finalizers-hold", "no object goes while a finalizer is on it"),
  OWNERS_GO_FIRST(
      "owners-go-first", "an object is collected only when its owner is gone, and then it is"),
  MEMBERS_STAY_SMALL(
      "members-stay-small",
      "what members hold in memory, threads and files does not grow for ever");

  private final String word;
  private final String sentence;

  Invariant(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  /// How files and reports say it.
  public String word() {
    return word;
  }

  /// What is promised.
  public String sentence() {
    return sentence;
  }
}
