"""Goal sentences from many walks of life, each with what a careful reader says of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalkit.wording import Wording, has_rhythm, judge, period_named

# Somebody else could say what will be done, and when it is done.
PLAIN = """
Leave work by 17:30 every workday this month
Bake sourdough for the market every Saturday until June
Answer every parent's letter within two school days
Walk the ward with the night nurse once a week
Sell the old tractor before harvest
Hand in my tax return by 31 May
Publish three short stories in 2027
Write the chapter on tides by Easter
Have the boat surveyed before the season opens
Play the Bach chaconne at the spring recital
Pass the river pilot's exam in September
Plant 200 hedgerow trees along the north field
Cut the average wait at the clinic from 40 to 25 minutes
Bring the error rate of the nightly import below 0.5 %
Raise test coverage of the billing module to 85 %
Run the Lisbon half marathon in October
Swim 1,500 metres without a break
Teach the apprentices to sharpen a plane before summer
Open the second bakery by the end of Q3
Read one novel a month
Read twelve plays this year
Read War and Peace
Phone my grandmother every Sunday
No phone in the bedroom on weekdays
No meetings on Wednesdays
Be in bed by 22:30 on school nights
Be home by six every Friday
Be promoted to head chef by the new year
Become a midwife
Become a certified welding inspector
Become team leader of the paint shop
Get my driving licence before I turn 40
Get the offer in writing
Get promoted to senior engineer
Earn a black belt in judo
Earn 500 euros a month from my photographs
Spend at most 300 euros on strings and reeds this year
Spend 40 % of my week on planned work
Save 10,000 for the workshop roof
Lose 5 kg by summer
Hold the budget meeting under 45 minutes
Set up a reading corner in the classroom
Set aside an hour each morning for the manuscript
Set a new alarm on the server room door
Build a cold frame out of the old windows
Build a dashboard for the on-call team
Develop a first-aid course for the volunteers
Create a style guide for the museum labels
Establish a weekly clinic for farm workers
Make a short film about the harbour
Find a mentor in the radiology department
Find a flat closer to the school
Give a talk on soil at the spring fair
Give each pupil a written comment this term
Take the night train to Vienna in place of the plane
Take all of my leave before December
Ask Priya for a raise at our next 1:1
Ask the council for a crossing outside the school
Tell Tobias that I want to move, before anyone else does
Thank one colleague by name at each stand-up
Invite the tenants to a meeting about the boiler
Interview five retired dockers
Record ten interviews for the oral history
Repaint the classroom over the holidays
Restore the 1962 motorcycle
Migrate the parish register to the new archive
Translate the leaflet into Polish
Reply to reviewers within a week of their letter
Reach 1,000 subscribers by Christmas
Reach Berlin on foot
Reach C1 in German
Double the number of blood donors in the village
Halve the paper we print
Finish my thesis
Finish the quilt
Complete my apprenticeship
Launch the seed library
Ship version 2 of the app
Deploy on every weekday without a rollback
Close all open incidents older than 90 days
Hire two nurses for the night shift
Recruit a treasurer for the choir
Clean out the garage
Fix the leaking greenhouse
Sign up for the autumn pottery class
Join the union
Visit all six branches before June
Attend the spring forestry conference
Volunteer at the food bank twice a month
Volunteer to chair the next parents' evening
Practise the cello 30 minutes a day
Practise chest compressions every month
Work on my novel from 6:00 to 7:00
Work no more than six evenings a month
Focus on the thesis for 90 minutes each morning
Learn 20 new words of Polish a week
Learn one new knot every week
Learn Python and build a web shop with it
Keep the inbox under 20 messages
Keep a bird diary every day
Keep evenings for home: no more than two late shifts a month
Increase ticket sales by 15 %
Grow the choir from 18 to 30 singers
Reduce food waste in the kitchen to 2 kg a day
Improve my 10 km time to 48 minutes
Improve the on-time rate of the ferry from 91 to 96 %
Improve my public speaking by joining a debating club
Improve my German by taking the evening course
Strengthen my back with 15 minutes of Pilates every morning
Eat five portions of vegetables a day
Sleep eight hours a night
Drink two litres of water a day
Meditate for ten minutes before breakfast
Exercise three times a week
Stop smoking
Stop reading mail after 19:00
Quit social media for 30 days
A new roof on the barn
Ten quotes outside the company
First violin in the town orchestra
Submit the grant application
Defend my dissertation
Review every pull request within a day
Try a beekeeping course
Move to the coast
Have coffee with two new people each month
Have a coffee with each of the nine people in Research
Agree a salary of 67,000 dollars
Answer 60 real questions with SQL
I want to run a marathon in under four hours
My goal is to repair 30 bicycles for the shelter
We will open the museum on Sundays
Volunteering at the hospice once a week
Next time the rota changes, ask for Fridays off
During the winter break, sort the slides in the cellar
In my next appraisal, ask for the team lead's post
Finish a 30-day drawing challenge
Pick a mentor and meet them monthly
Say no to at least one extra shift a month
Cut down to one coffee a day
Speak at the harbour summit
Log one win in my notebook every Friday
Suggest one improvement after every rehearsal
Learn enough Greek to order dinner without a menu
Film my lesson and watch it with a colleague
"""

# Neither: a broad verb, and nothing that could be seen.
VAGUE = """
Set clear boundaries between work and home
Set healthy boundaries
Improve my communication
Improve my time management
Improve communication and trust in the team
Improve as a nurse
Improve my writing
Improve work-life balance this year
Improve my leadership skills
Enhance collaboration between the wards
Strengthen my relationship with the parents
Strengthen our brand
Develop a growth mindset
Develop my leadership skills
Develop better habits
Build trust with the new crew
Build stronger relationships with suppliers
Build my confidence
Foster a culture of openness
Cultivate patience with my pupils
Embrace change
Be a better listener
Be a better teacher
Be more patient with the apprentices
Be more productive
Be kinder every day
Be less stressed at work
Be proactive
Be the best version of myself
Be happy
Become a better manager
Become more confident in meetings
Become a thought leader in my field
Become a stronger swimmer
Become an inspiring leader
Get better at delegating
Get healthier
Get organised
Get more organised this quarter
Get out of my comfort zone
Feel less anxious before performances
Feel more at home in the new job
Stay positive
Stay on top of things
Stay up to date with my field
Stay motivated through the winter
Have a better work-life balance
Have more fun
Manage my time better
Manage stress more effectively
Communicate better with the kitchen
Collaborate more effectively with the other schools
Work smarter
Work harder
Do my best
Do better
Do more
Take better care of myself
Take care of my mental health
Take ownership of my career
Take more responsibility
Make a difference
Make better decisions
Make time for my family
Find balance
Find my purpose
Find ways to improve teamwork
Gain confidence
Gain more visibility
Achieve financial freedom
Achieve success
Reach my full potential
Grow as a leader
Grow my career
Boost morale on the night shift
Boost my productivity
Increase my productivity
Increase engagement
Reduce stress
Expand my horizons
Expand my knowledge
Show more empathy
Lead by example
Think outside the box
Go the extra mile
Learn new skills
Learn new things
Learn more
Work on my weaknesses
Work on myself
Work on my communication skills
Focus on my wellbeing
Focus on personal growth
Prioritise my health
Practise self-care
Try to be more present with my children
Try to improve my attitude
I want to become a better version of myself
My goal is to be more assertive
To be more creative
This year, be braver
Over the next year, enhance my professional presence
Continue to grow
Keep improving
Better work-life balance
More self-care
More confidence
Work-life balance
Personal growth
Push myself out of my comfort zone
Challenge myself more
Level up my career
Be seen as a leader on the ward
Be receptive to criticism
Become an expert
Lead with empathy
Grow professionally
Maintain a healthy work-life balance
Write better code
Make rehearsals more productive
Reduce my stress level
Get in shape
Reach the next level
Raise my profile in the guild
Provide excellent service
Gain recognition
Overcome my fear of heights
"""

# The act is named; when it is done is not.
ENDLESS = """
Learn Polish
Learn to swim
Learn Rust this year
Learn Python 3 in six months
Learn how to prune apple trees
Master the bow grip
Understand double-entry bookkeeping
Study medieval music
Explore woodblock printing
Research our village's flood history
Become fluent in Welsh
Read more
Read more poetry
Exercise more
Exercise regularly
Play the piano more often
Write more letters
Cook at home more often
Ask more questions in seminars
Speak up in meetings
Speak up more
Spend more time with my daughter
Spend less time in meetings
Have fewer meetings
Go to bed earlier
Delegate more
Give more feedback
Increase sales
Increase ticket sales
Reduce technical debt
Reduce food waste
Cut costs
Grow our newsletter
Lose weight
Save money
Expand the orchard
Improve the onboarding guide
Improve page load time
Improve our test suite
Practise the cello
Work on my novel
Keep up with new tax law
Help the new teachers
Support the night shift
Network with other librarians
Fewer meetings
Follow the debate on soil protection
Learn to say no
Say no more often
Go to the gym regularly
Stay in touch with my old crew
Meet new people
Attend conferences
Do more sports
Play guitar more
"""

# Whether it was done can be told; what it will be is left open.
OPEN = """
Learn something new every day
Identify a skill to learn
Pick one area and finish it
Choose one habit
"""


def _lines(block: str) -> list[str]:
    return block.strip().splitlines()


@pytest.mark.parametrize("sentence", _lines(PLAIN))
def test_silent_on_a_plain_sentence(sentence: str) -> None:
    assert judge(sentence) == Wording()


@pytest.mark.parametrize("sentence", _lines(VAGUE))
def test_vague(sentence: str) -> None:
    wording = judge(sentence)
    assert (wording.specific, wording.measurable) == (False, False), wording


@pytest.mark.parametrize("sentence", _lines(ENDLESS))
def test_specific_but_endless(sentence: str) -> None:
    wording = judge(sentence)
    assert (wording.specific, wording.measurable) == (True, False), wording


@pytest.mark.parametrize("sentence", _lines(OPEN))
def test_open_but_measurable(sentence: str) -> None:
    wording = judge(sentence)
    assert (wording.specific, wording.measurable) == (False, True), wording


@pytest.mark.parametrize(
    ("sentence", "vague", "endless"),
    [
        ("Set clear boundaries between work and home", "set clear boundaries", "set clear boundaries"),
        ("This month, improve my writing", "improve my writing", "improve my writing"),
        ("Learn Polish by summer", "", "learn polish"),
        ("**Be** more [[patience|patient]] with _them_", "be more patient", "be more patient"),
    ],
)
def test_names_the_words(sentence: str, vague: str, endless: str) -> None:
    assert judge(sentence) == Wording(vague, endless)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "   ",
        "…",
        "42",
        "🎯",
        "Polnisch lernen",
        "Arrêter de fumer",
        "毎日三十分走る",
        "قراءة كتاب كل شهر",
        "Q3",
        "‹n›",
        "Alpha",
    ],
)
def test_silent_on_what_it_does_not_understand(sentence: str) -> None:
    assert judge(sentence) == Wording()


@pytest.mark.parametrize(
    "sentence",
    [
        "Be  more\tpatient",
        "BE MORE PATIENT",
        "be more patient.",
        "– Be more patient",
        "I want to be more patient!",
    ],
)
def test_case_spaces_and_marks_change_nothing(sentence: str) -> None:
    assert judge(sentence) == Wording("be more patient", "be more patient")


@given(st.text(max_size=200))
def test_any_text_is_judged(sentence: str) -> None:
    assert judge(sentence) == judge(f"  {sentence}  ")


@given(
    st.lists(
        st.sampled_from(
            [
                "be",
                "more",
                "by",
                "a",
                "to",
                "and",
                ",",
                "every",
                "day",
                "5",
                "set",
                "improve",
                "it",
                "one",
                "17:30",
                "the",
                "I",
                "so",
            ]
        ),
        max_size=30,
    )
)
def test_any_mix_of_its_words_is_judged(words: list[str]) -> None:
    wording = judge(" ".join(words))
    assert "‹" not in wording.vague + wording.endless


def test_a_very_long_title_is_judged_by_its_beginning() -> None:
    assert judge("Be more patient " + "and kind " * 100_000).specific is False


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("Read it this month", "month"),
        ("THIS YEAR, read it", "year"),
        ("Read this monthly", ""),
        ("Read it", ""),
    ],
)
def test_the_period_it_names(sentence: str, period: str) -> None:
    assert period_named(sentence) == period


def test_the_rhythm_it_has() -> None:
    assert has_rhythm("Walk every workday")
    assert has_rhythm("Read a book a month")
    assert not has_rhythm("Read an everyday story to each other")
