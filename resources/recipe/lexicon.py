"""Words and phrasings that pretraining sees.

Phrasings use a small notation: ``{a|b|c}`` stands for one of its alternatives and
may be nested. The sample project is written with the disjoint lists in
``heldout.py``, so that a measured score is never a score on memorised tickets.
"""

from __future__ import annotations

from dataclasses import dataclass

TOPICS = (
    "account",
    "billing",
    "delivery",
    "refund",
    "damage",
    "technical",
    "cancellation",
    "warranty",
)
URGENCIES = ("low", "normal", "high")


@dataclass(frozen=True)
class Lexicon:
    """Everything that a ticket is made of."""

    problems: dict[str, dict[str, tuple[str, ...]]]
    cues: dict[str, tuple[str, ...]]
    products: tuple[str, ...]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    layouts: tuple[str, ...]
    openers: tuple[str, ...] = ("",)
    closers: tuple[str, ...] = ("",)
    invented: float = 0.0
    dropped: float = 0.0


PROBLEMS: dict[str, dict[str, tuple[str, ...]]] = {
    "account": {
        "access": (
            "{Somehow|Today} my {user name|password} is {not known|wrong|unknown}",
            "{Let me|I wish to|Help me to} {log in|sign in} {again|to my profile}",
            "{My new|A new} {email|address} {is missing|must be} in my "
            "{account|profile}",
            "{No|Without} {access|login} {to|for} my {account|profile}",
            "I {cannot|can't|can not} {log in|sign in|get in} {to|with} my account",
            "My {password|login} {is not accepted|no longer works|was rejected}",
            "The {login|sign-in} page {says|tells me} my password is {wrong|expired}",
            "I am locked out of my {account|profile}",
            "I {forgot|lost} my {password|user name}",
            "The code to {sign in|log in} {never comes|does not arrive}",
            "My account {is blocked|was closed|is locked}, the password "
            "{fails|is dead}",
            "I {have no|lost the} access to my {account|profile}",
            "{Logging in|Signing in} is {impossible|not possible}{| for me}",
            "It {does not let|won't let} me {log in|sign in}",
        ),
        "change": (
            "{Please|Could you} change the {email|address|name} {in|of} my account",
            "I want to update my {profile|account} {data|details}",
            "How do I {change|reset} my password{?| please}",
            "My profile shows {the wrong|an old} {name|email|phone number}",
            "{The|My} {name|email|address} in {the|my} {account|profile} is "
            "{old|wrong}",
            "I {have|use} a new {email|name|phone}, please update my account",
        ),
    },
    "billing": {
        "double": (
            "I was {charged|billed} twice{| for the {product}}",
            "{You took|The bank shows} the {amount|payment} {twice|two times}",
            "There {is|was} a double {charge|payment} on my {card|account statement}",
            "My card was {charged|debited} {twice|two times}",
            "I was made to pay {twice|two times}{| for one order}",
            "The {payment|amount} was {taken|booked} {twice|two times}",
        ),
        "invoice": (
            "{Who|Why do you} {charge me|add} {a fee|extra tax}{| on the invoice}",
            "{Our|The} {office|accountant} {wants|is missing} {the|an} "
            "{invoice|receipt}",
            "{Your|The} {invoice|bill} {is|seems} {wrong|too high|unclear}",
            "My {credit card|card|payment} {does not work|is refused} "
            "{here|in the shop}",
            "The {invoice|bill} {shows|lists} {the wrong|an old} {amount|price|tax}",
            "I {never got|did not get|still miss} {an|the} invoice for {it|my order}",
            "The {amount|price} on {my|the} {bill|invoice} is {too high|not right}",
            "My {card|payment} was {declined|refused} {at checkout|when I paid}",
            "Please {send|email} me {a copy of the|the} {invoice|receipt}",
            "Why {is|was} {the fee|the tax|shipping} on my bill",
            "I {do not understand|have a question about} {the|this|an} {invoice|bill}",
            "I need {an|another|the} {invoice|receipt|bill} for my {books|taxes|boss}",
            "There is {a|an extra|a strange} fee on {the|my} {invoice|bill}",
            "{Paying|Payment} {by|with my} card {fails|is not possible}",
            "The {invoice|bill} has the wrong {tax number|amount|company}",
        ),
    },
    "delivery": {
        "late": (
            "{Nothing|No package|No parcel} {has arrived|came|is here} {so far|yet}",
            "{Where|When} {is|comes} {my|the} {shipment|delivery|package}",
            "{The parcel|My package} {is lost|got lost|never came}",
            "{A neighbour|The wrong house} {has|got} my {parcel|package}",
            "You {delivered|sent} the wrong {thing|item|product} {to me|today}",
            "My {parcel|package|order} {has not arrived|did not come|is late}",
            "The {product} {was never|has not been|was not} delivered",
            "{Where is|I am waiting for} my {parcel|package|delivery}",
            "The {tracking|tracking page} {has not moved|shows nothing} for "
            "{days|a week}",
            "The {courier|driver} {did not come|left no note|never rang}",
            "I {still |}{wait|am waiting} for the {parcel|package|shipment|courier}",
            "The {delivery|shipment} is {lost|late|missing}",
            "{Tracking|The courier} says {delivered|arrived} but "
            "{nothing|no parcel} came",
            "My {product} should {arrive|come} {on Monday|by now}, where is "
            "{it|the parcel}",
        ),
        "wrong": (
            "The {parcel|package} went to the wrong {address|house|city}",
            "You {sent|shipped} the wrong {item|colour|size}",
            "Please deliver {the parcel|my order} to {another|a new} address",
            "I {got|received} the wrong {item|product|thing}",
            "I got {a mouse|a book|socks} instead of the {product}",
            "The {courier|driver} left {it|the parcel} "
            "{outside|with a stranger|in rain}",
            "{Please|Could you} send the {parcel|package} to my {work|mother|new flat}",
            "The {parcel|shipment} {is stuck in|is still at} the "
            "{depot|customs office}",
        ),
    },
    "refund": {
        "money": (
            "{Weeks ago|Last month} I {returned|sent back} the {product}, "
            "{no|where is my} {refund|money}",
            "{We|I} {ask for|demand|wait for} {a|the} {full refund|refund}",
            "The {product} {does not suit me|is ugly}, {I return it|money back please}",
            "{When|Who} {pays|gives} {back my money|me the refund}",
            "{I want|I would like|Please give me} my money back{| for the {product}}",
            "I {sent|shipped} the {product} back and "
            "{got no|still wait for the} refund",
            "{When|How soon} {will I get|do I get} my refund",
            "Please refund {the {product}|my order|the payment}",
            "The refund {has not arrived|is not on my card|is missing}",
            "You {promised|owe} me a refund",
            "{No|My} {refund|money} {came|has come|was paid} back{| yet}",
            "My {refund|money} {is late|takes too long|is still not here}",
            "{Pay|Give|Send} {me |}{the money|my money} back{| please}",
        ),
        "return": (
            "I want to {return|send back} the {product} for {a refund|my money}",
            "How {can I|do I} return {the {product}|it}",
            "I {need|want} a return label {for the {product}|to send it back}",
            "I returned {it|the {product}} and my money is {not back|missing}",
            "I do not like the {product} and {want|wish} to {return|send} it back",
            "The {product} is too {small|big|loud}, I {return it|send it back}",
        ),
    },
    "damage": {
        "arrived": (
            "{Out of|In} the {box|parcel} {was|came} a {broken|cracked|damaged} "
            "{product}",
            "{A corner|The back|Half} of the {product} is {broken|dented|damaged|bent}",
            "{Look|See photo}: the {product} {is|came} {scratched|cracked|broken}",
            "My {product} {has|came with} a {dent|scratch|crack}",
            "The {product} {arrived|came} {broken|damaged|cracked}",
            "The {product} was {broken|damaged} when I opened the box",
            "The box {was crushed|was torn} and the {product} is {damaged|bent}",
            "{Two|Some} parts of the {product} {are|arrived} {broken|cracked|bent}",
            "I {unpacked|opened} a {broken|damaged|crushed} {product}",
            "The {side|front|corner|top} of the {product} "
            "{has a dent|is cracked|is bent}",
            "{The|My} {new |}{product} {is|was} {damaged|scratched|in pieces|crushed}",
            "The {product} has {a crack|scratches|dents|a hole}{| on one side}",
            "There is a {crack|scratch|dent} {in|on} the {new |}{product}",
            "The {glass|screen|lid|handle} {is broken|is cracked|broke off}",
        ),
    },
    "technical": {
        "fault": (
            "{Nothing works|It crashes|It freezes} {when|after} I {start|open} the "
            "{product}",
            "{Each|Any} time I {start|use} the {product} {it crashes|an error shows}",
            "{My phone|The app} {does not find|cannot connect to} the {product}",
            "The {product} {will not start|does not start|freezes} "
            "{after the update|anymore}",
            "The {product} {does not turn on|will not start|keeps switching off}",
            "The app {crashes|freezes|hangs} {when I open it|all the time}",
            "The {product} {shows|gives} {an error|error 17|a red light}",
            "I {cannot|can't} {connect|pair} the {product} {to|with} {wifi|my phone}",
            "The {update|software} {fails|does not install|stops half way}",
            "The {product} {loses|drops} {the connection|the signal}",
            "{Your website|The settings page} {does not load|shows an error}",
            "{The|My} {product} {freezes|crashes|hangs} {all day|every minute|a lot}",
            "{After|With} the {update|new software} {nothing works|the app crashes}",
            "{Wifi|Bluetooth|Pairing} {fails|does not work} on {the|my} {product}",
            "The {product} {has an error|reports an error|will not connect}",
            "How do I {set up|install|configure} the {product}",
        ),
    },
    "cancellation": {
        "cancel": (
            "{I|We} {changed our plans|decided otherwise}, {cancel it|please cancel}",
            "{My|The} {subscription|contract|membership} {should|must|has to} "
            "{end|stop}",
            "{Kindly|Do} cancel {the {product}|my order|everything}",
            "{Take|Remove} {it|the {product}} off, I {cancel|want to cancel}",
            "{Please|I want to|I would like to} cancel my "
            "{order|subscription|contract}",
            "{I no longer need|I do not want} the {product}, {please |}cancel it",
            "Can I {still |}cancel {the order|my order|the {product}}",
            "{Stop|End|Cancel} my {subscription|membership|plan}",
            "I {ordered|bought} {it|the {product}} by mistake, please cancel",
            "I {tried|want} to cancel but {the button is missing|it is not possible}",
            "{Please|I want to} {end|stop} {my|the} {contract|subscription|order}",
            "We {want|need|must} {to |}cancel {it|the {product}|our contract}",
            "I {cancel|am cancelling} {my|the} {order|subscription|plan|membership}",
            "{A|My} friend gave me a {product}, so {cancel|please cancel} mine",
        ),
    },
    "warranty": {
        "claim": (
            "{For how long|Until what day} {is|do I have} {the|a} {warranty|guarantee}",
            "{It|The {product}} {needs|must get} a repair {under|in} "
            "{warranty|guarantee}",
            "{Whom|How} do I {ask|call} about {warranty|guarantee}",
            "I {bought|got} the {product} {in June|a year ago}, {is|what about} "
            "{the |}{warranty|guarantee}",
            "Is the {product} still {under|covered by} {warranty|guarantee}",
            "How long is the {warranty|guarantee} {|of the {product}}",
            "I want to {make|file} a {warranty|guarantee} claim",
            "I {lost|cannot find} the {warranty|guarantee} {card|paper}",
            "Does the {warranty|guarantee} cover {the battery|the motor|repairs}",
            "The {product} {failed|stopped} after a year, {is it|I think it is} "
            "{under|in} {warranty|guarantee}",
            "{Please register|I want to extend} the {warranty|guarantee}",
            "{How do I|Where can I} use {my|the} {warranty|guarantee}",
            "I have a question about {the|my} {warranty|guarantee}",
            "Can you repair {it|the {product}} {under|in} {warranty|guarantee}",
            "My {product} is {two|three} years old, {has it|is there} a "
            "{warranty|guarantee}",
            "When does {my|the} {warranty|guarantee} {end|start|expire}",
        ),
    },
}

CUES: dict[str, tuple[str, ...]] = {
    "low": (
        "{No|There is no} {rush|hurry}{| at all}.",
        "{It|This} can wait{| a while| until next month}.",
        "{Whenever|When} you {have time|find a moment|get to it}.",
        "{It|This} is not {urgent|important|pressing}.",
        "Take your time{|, really}.",
        "{Any time|Some day} {is fine|will do}.",
        "{Just|I am only} {curious|asking}{|, no rush}.",
        "A {slow|late} answer is fine.",
        "I {am|we are} in no {rush|hurry}.",
        "{I can|We can} wait{| for it| a few weeks}.",
        "{Please do|Do} not {rush|hurry}{| because of me}.",
        "It has {time|low priority}.",
    ),
    "normal": (
        "",
        "",
        "",
        "{Thank you|Thanks}{| in advance| for your help}.",
        "Please {let me know|help|get back to me}.",
        "{Please|Could you} {look into it|check this}{| this week}?",
        "I {look forward to|hope for} your {answer|reply}.",
        "An answer {this week|in the next days} would be {fine|good}.",
        "{Thanks|Thank you} {for looking|for reading|and all the best}.",
        "{Can|Could|Would} you {please |}{tell me more|help|check}?",
    ),
    "high": (
        "This is {very |really |}urgent{|!}.",
        "{Urgent|Emergency|ASAP}!",
        "I need {help|an answer|this} {today|now|right now|immediately}.",
        "{Please|You must} {answer|act|help} {right away|immediately|at once|today}.",
        "{It|This} cannot wait{| any longer| until tomorrow}.",
        "I need it {by|before} {tonight|tomorrow|noon}.",
        "{Everything|Our work|The shop} {stands still|is blocked|is down}.",
        "{Hurry|Be quick}, {please|we are losing money}.",
        "{I|We} {can not|cannot} wait{| any more| until Monday}.",
        "{Help|Fix it|Answer} {now|today|immediately|at once}{|, please}!",
        "{It|The matter} is {extremely |really |}urgent{| for me| for us}.",
        "{I am|We are} {stuck|blocked|in trouble} {now|without it|until it works}.",
        "{Top priority|High priority}, please.",
    ),
}

PRODUCTS = (
    *("desk lamp", "coffee maker", "toaster", "kettle", "blender", "vacuum cleaner"),
    *("phone case", "headset", "keyboard", "mouse", "monitor", "printer", "router"),
    *("tablet", "camera", "speaker", "smart watch", "hair dryer", "iron", "fan"),
    *("heater", "air filter", "rice cooker", "mixer", "oven", "fridge", "freezer"),
    *("washing machine", "dryer", "dish rack", "pan set", "knife set", "bookshelf"),
    *("office chair", "sofa", "mattress", "pillow", "blanket", "curtain", "carpet"),
    *("bike helmet", "bike lock", "tent", "backpack", "sleeping bag", "running shoes"),
    *("yoga mat", "football", "drill", "hammer set", "ladder", "garden hose", "grill"),
    *("lawn mower", "doorbell", "thermostat", "alarm clock", "baby monitor", "piano"),
)
FIRST_NAMES = (
    *("Anna", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Henry", "Ida"),
    *("Jack", "Kate", "Leo", "Maria", "Noah", "Olga", "Paul", "Rosa", "Sam", "Tina"),
    *("Victor", "Wendy", "Yuki", "Zoe", "Ahmed", "Bianca", "Carlos", "Dana", "Erik"),
    *("Fatima", "George", "Hana", "Ivan", "Julia", "Karim", "Laura", "Marco", "Nina"),
    *("Oscar", "Petra", "Ravi", "Sara", "Tom", "Uma", "Walter", "Alice", "Bruno"),
)
LAST_NAMES = (
    *("Adams", "Baker", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Hill", "Ito"),
    *("Jensen", "Khan", "Lopez", "Meyer", "Novak", "Olsen", "Patel", "Quinn", "Rossi"),
    *("Smith", "Tanaka", "Urban", "Varga", "Weber", "Young", "Zhang", "Allen", "Berg"),
    *("Clark", "Dubois", "Ellis", "Ford", "Green", "Haas", "Jones", "King", "Lang"),
    *("Moore", "Nagy", "Price", "Reed", "Sato", "Turner", "Wolf", "Brown", "Cruz"),
)
LAYOUTS = (
    "{problem}. {cue} Order {order}.{| {name}}",
    "{Hello|Hi|Hi team}, {problem}. {cue} {My order|Order number}: {order}.{| {name}}",
    "{name}, order {order}: {problem}. {cue}",
    "Order: {order}\n{problem}. {cue}{|\n{name}}",
    "{cue} {problem}. Order no. {order}.{| {name}}",
    "{Subject|Re}: order {order}\n{problem}. {cue}",
    "{problem} (order {order}). {cue}{| {name}}",
    "Order {order}. {cue} {problem}.{| {name}}",
    "{cue} {problem}. {It is about|This is} order {order}.",
)

# Words around the problem that say nothing: without them a small model learns whole
# sentences by heart instead of the words that matter.
OPENERS = (
    *(
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "I think ",
        "As I said, ",
        "My wife says: ",
        "Strange: ",
    ),
    *("For some reason ", "Since Tuesday, ", "By the way, ", "Hm, ", "Sorry, "),
    *("Again: ", "To be clear, ", "I am {sad|angry|a bit lost}. ", "One question. "),
    "I {bought|got} the {product} {last month|in May|from you}. ",
    "{Yesterday|Last week|This morning} I {noticed|saw} this: ",
)
CLOSERS = (
    *(
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        " again",
        " since Sunday",
        " as far as I know",
        ", I think",
    ),
    *(", see the picture", " and I do not know why", " for the third time"),
    ". {My son|My boss} {asks|told me|is sad} too",
    ". I {like|love} the {product} {otherwise|anyway}",
)

LEXICON = Lexicon(
    PROBLEMS,
    CUES,
    PRODUCTS,
    FIRST_NAMES,
    LAST_NAMES,
    LAYOUTS,
    OPENERS,
    CLOSERS,
    invented=0.1,
    dropped=0.15,
)
