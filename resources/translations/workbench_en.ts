<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnswerPanel</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n token(s) so far</source>
        <translation>
            <numerusform>about %n token so far</numerusform>
            <numerusform>about %n tokens so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndpointRow</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>one model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndpointsSection</name>
    <message numerus="yes">
        <source>Added. %n model(s) can be chosen in the Lab.</source>
        <translation>
            <numerusform>Added. One model can be chosen in the Lab.</numerusform>
            <numerusform>Added. %n models can be chosen in the Lab.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n server(s) found and added.</source>
        <translation>
            <numerusform>One server found and added.</numerusform>
            <numerusform>%n servers found and added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GrowthBar</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>Import %n record(s)</source>
        <translation>
            <numerusform>Import %n record</numerusform>
            <numerusform>Import %n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportMapping</name>
    <message numerus="yes">
        <source>%n row(s) can be read</source>
        <translation>
            <numerusform>%n row can be read</numerusform>
            <numerusform>%n rows can be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n row left out</numerusform>
            <numerusform>%n rows left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportResult</name>
    <message numerus="yes">
        <source>%n record(s) added</source>
        <translation>
            <numerusform>%n record added</numerusform>
            <numerusform>%n records added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n row left out</numerusform>
            <numerusform>%n rows left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InputsPanel</name>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n input</numerusform>
            <numerusform>%n inputs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobStrip</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixSetup</name>
    <message numerus="yes">
        <source>first %n example(s)</source>
        <translation>
            <numerusform>first example</numerusform>
            <numerusform>first %n examples</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MatrixWords</name>
    <message numerus="yes">
        <source>%n new call(s)</source>
        <translation>
            <numerusform>%n new call</numerusform>
            <numerusform>%n new calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n already answered</source>
        <translation>
            <numerusform>%n already answered</numerusform>
            <numerusform>%n already answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n example(s)</source>
        <translation>
            <numerusform>%n example</numerusform>
            <numerusform>%n examples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being answered</source>
        <translation>
            <numerusform>%n being answered</numerusform>
            <numerusform>%n being answered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message numerus="yes">
        <source>{known} and %n call(s) of unknown price</source>
        <translation>
            <numerusform>{known} and one call of unknown price</numerusform>
            <numerusform>{known} and %n calls of unknown price</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Own</name>
    <message numerus="yes">
        <source>%n example(s).</source>
        <translation>
            <numerusform>%n example.</numerusform>
            <numerusform>%n examples.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an answer: the first is left as a question to try in the Lab, the others are not taken.</source>
        <translation>
            <numerusform>%n without an answer: it is left as a question to try in the Lab.</numerusform>
            <numerusform>%n without an answer: the first is left as a question to try in the Lab, the others are not taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) stand there more than once.</source>
        <translation>
            <numerusform>%n input stands there more than once.</numerusform>
            <numerusform>%n inputs stand there more than once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) could not be read</source>
        <translation>
            <numerusform>%n row could not be read</numerusform>
            <numerusform>%n rows could not be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Phrases</name>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n s</numerusform>
            <numerusform>%n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n h</numerusform>
            <numerusform>%n h</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewSheet</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptTools</name>
    <message numerus="yes">
        <source>Added %n example(s) to the prompt</source>
        <translation>
            <numerusform>Added %n example to the prompt</numerusform>
            <numerusform>Added %n examples to the prompt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%n answer(s) wait for review</source>
        <translation>
            <numerusform>%n answer waits for review</numerusform>
            <numerusform>%n answers wait for review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message numerus="yes">
        <source>%n input(s) in two parts: the test would be unfair.</source>
        <translation>
            <numerusform>%n input in two parts: the test would be unfair.</numerusform>
            <numerusform>%n inputs in two parts: the test would be unfair.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) with different right answers.</source>
        <translation>
            <numerusform>%n input with different right answers.</numerusform>
            <numerusform>%n inputs with different right answers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n input(s) of different parts are almost the same.</source>
        <translation>
            <numerusform>%n input of different parts is almost the same.</numerusform>
            <numerusform>%n inputs of different parts are almost the same.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n right answer(s) not in the agreed form.</source>
        <translation>
            <numerusform>%n right answer not in the agreed form.</numerusform>
            <numerusform>%n right answers not in the agreed form.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n repeated input(s).</source>
        <translation>
            <numerusform>%n repeated input.</numerusform>
            <numerusform>%n repeated inputs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShotsPanel</name>
    <message numerus="yes">
        <source>≈ %n token(s)</source>
        <translation>
            <numerusform>≈ %n token</numerusform>
            <numerusform>≈ %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShotsProposal</name>
    <message numerus="yes">
        <source>Add %n example(s) to the prompt</source>
        <translation>
            <numerusform>Add %n example to the prompt</numerusform>
            <numerusform>Add %n examples to the prompt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Picked from %n record(s).</source>
        <translation>
            <numerusform>Picked from %n record.</numerusform>
            <numerusform>Picked from %n records.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceBar</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>This computer: CPU, %n core(s)</source>
        <translation>
            <numerusform>This computer: CPU, %n core</numerusform>
            <numerusform>This computer: CPU, %n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrialsPane</name>
    <message numerus="yes">
        <source>%n record(s) added</source>
        <translation>
            <numerusform>%n record added</numerusform>
            <numerusform>%n records added</numerusform>
        </translation>
    </message>
</context>
</TS>
