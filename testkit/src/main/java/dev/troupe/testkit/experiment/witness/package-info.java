/// Who looks on while an experiment runs, beside the clients of its load: informers of whole
/// collections, a maker of objects that own and hold each other, who asks for the past, and who
/// measures members.
@NullMarked
package dev.troupe.testkit.experiment.witness;

import org.jspecify.annotations.NullMarked;
