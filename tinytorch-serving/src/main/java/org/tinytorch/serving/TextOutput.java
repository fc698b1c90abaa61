package org.tinytorch.serving;

import java.util.List;
import org.eclipse.jetty.util.Callback;

/** Where a text goes while it is written. Each method returns at once; the next one is called after the callback of the one before has succeeded. */
interface TextOutput {
    /** The tokens of the prompt, as texts. */
    void prompt(List<String> tokens, Callback sent);

    void token(WrittenToken token, Callback sent);

    /** The last token, and the end. */
    void end(WrittenToken last, WrittenText text);

    /**
     * The end before its time.
     *
     * @param problem a message for the client
     */
    void fail(HttpProblem problem);

    /** The client is gone: there is nobody to send anything to. */
    void abandon(Throwable why);
}
