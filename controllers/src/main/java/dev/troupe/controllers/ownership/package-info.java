/// Under which names the parts of Kubernetes own what they write.
@NullMarked
package dev.troupe.controllers.ownership;

import org.jspecify.annotations.NullMarked;
