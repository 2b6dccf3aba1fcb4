/// Lists the pods behind each service.
@NullMarked
package dev.troupe.controllers.endpointslice;

import org.jspecify.annotations.NullMarked;
