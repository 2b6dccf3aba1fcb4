package dev.troupe.resources.subresource;

import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.FieldErrors;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What the path of a resource leads to: the whole of it, or something below it. There is one class
/// for each, and it says what is special about it; which types have it is said by their rows.
///
/// The kinds of subresources differ in what is sent and answered. One that is like another of its
/// kind needs nothing but its class and its line in [Subresources]; nobody else is asked.
public sealed interface Subresource {

  /// The last segment of the path; empty for the whole.
  String name();

  /// What clients may do with it. For the whole it is the type that says which of these.
  Set<Verb> verbs();

  /// Whether an answer may come bit by bit for as long as it likes.
  default boolean isLongRunning() {
    return false;
  }

  /// Sent and answered as an object of the resource's own type, of which only a part is written.
  sealed interface Part extends Subresource permits Whole, Status, Finalize {

    /// Whether the rules of the kind are checked: they are not if nothing that they speak of is
    /// written.
    boolean isChecked();

    /// Puts back what is not written, or may not be.
    ///
    /// @param hasStatus whether the status is a part of its own
    /// @param object as it was sent; changed
    void keep(Kind kind, boolean hasStatus, ObjectNode object, ObjectNode current);
  }

  /// Sent or answered in another form than that of the resource.
  sealed interface Formed extends Subresource {

    Form form();
  }

  /// Another look at the resource, which can be read and written.
  sealed interface View extends Formed permits Scale, DefinedScale {

    Set<Verb> VERBS = Verb.only(Verb.GET, Verb.PATCH, Verb.UPDATE);

    @Override
    default Set<Verb> verbs() {
      return VERBS;
    }

    /// @param stored as it is stored; not modified
    ObjectNode of(ObjectNode stored);

    /// The columns of what is shown.
    TableBuilder table();

    /// What of the resource is said by what is applied to the view.
    ///
    /// @return without type and metadata
    ObjectNode wanted(ObjectNode applied);

    /// What the resource becomes when the view of it is written.
    ///
    /// @param written speaks of the resource, and is in the right form
    /// @param current not modified
    Applied applied(ObjectNode written, ObjectNode current);
  }

  /// Something that is done to the resource: its order is created, and answered by success.
  sealed interface Action extends Formed permits Binding {

    Set<Verb> VERBS = Verb.only(Verb.CREATE);

    @Override
    default Set<Verb> verbs() {
      return VERBS;
    }

    /// What is wrong with the order in itself.
    FieldErrors check(ObjectNode order);

    /// What the resource becomes.
    ///
    /// @param current not modified
    /// @param now as timestamps are written
    Applied applied(ObjectNode order, ObjectNode current, String now);
  }

  /// Asks for the deletion of the resource: its order is created, and answered by success.
  sealed interface Dismissal extends Formed permits Eviction {

    @Override
    default Set<Verb> verbs() {
      return Action.VERBS;
    }

    /// The `DeleteOptions` that an order has; empty if it has none.
    ///
    /// @param order not modified
    ObjectNode options(ObjectNode order);
  }

  /// Not an object at all: the API server alone knows what to do.
  sealed interface Stream extends Subresource permits Log {}

  /// What a path names and no type has.
  record Unknown(String name) implements Subresource {

    @Override
    public Set<Verb> verbs() {
      return Set.of();
    }
  }
}
